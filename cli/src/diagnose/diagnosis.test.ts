import { describe, expect, it } from "vitest";
import type { Diagnosis } from "./diagnosis.ts";
import {
  diagnosisOf,
  FELT,
  firing,
  question,
  runbookOf,
  type Values,
  WELL,
} from "./testing/made-up.test-support.ts";
import { headline } from "./words.ts";

function likeliest({ likeliest: causes }: Diagnosis): string[] {
  return causes.map(({ cause }) => cause.id);
}

function states({ causes }: Diagnosis): string[] {
  return causes.map(({ state }) => state);
}

describe("a diagnosis", () => {
  it("names the one cause that is confirmed, and what was ruled out", () => {
    const diagnosis = diagnosisOf({ ...FELT, third: 2 });
    expect(likeliest(diagnosis)).toEqual(["third"]);
    expect(states(diagnosis)).toEqual(["ruled out", "ruled out", "confirmed"]);
    expect([diagnosis.health, diagnosis.scope]).toEqual(["unhealthy", "incident"]);
    expect(headline(diagnosis)).toBe("The likeliest cause: The third one.");
  });

  it("leaves a confirmed cause out that another confirmed one explains", () => {
    const diagnosis = diagnosisOf({ ...FELT, first: 2, second: 2 });
    expect(likeliest(diagnosis)).toEqual(["second"]);
    expect(states(diagnosis)).toEqual(["consequence", "confirmed", "ruled out"]);
  });

  it("keeps a cause that one explains which is not confirmed", () => {
    expect(likeliest(diagnosisOf({ ...FELT, first: 2 }))).toEqual(["first"]);
  });

  it("keeps both of two that explain each other", () => {
    const [first, second] = runbookOf().causes;
    if (first === undefined || second === undefined) return expect.fail();
    const runbook = runbookOf({ causes: [{ ...first, explains: ["second"] }, second] });
    expect(likeliest(diagnosisOf({ ...FELT, first: 2, second: 2 }, { runbook }))).toEqual([
      "first",
      "second",
    ]);
  });

  it("is ambiguous where nothing tells confirmed causes apart, the likeliest first", () => {
    const diagnosis = diagnosisOf({ ...FELT, second: 2, third: 2 });
    expect(likeliest(diagnosis)).toEqual(["second", "third"]);
    expect(headline(diagnosis)).toBe("One of these, the likeliest first: The second one; The third one.");
  });

  it("says that no cause is confirmed, and which cannot be judged", () => {
    expect(headline(diagnosisOf(FELT))).toBe("No cause is confirmed.");
    const { first: _gone, ...others } = FELT;
    expect(headline(diagnosisOf(others))).toBe(
      "No cause is confirmed, and 1 of 3 cannot be judged: The first one.",
    );
  });

  it("is healthy where every answer is", () => {
    const diagnosis = diagnosisOf(WELL);
    expect(diagnosis.health).toBe("healthy");
    expect(headline(diagnosis)).toBe("All that can be judged is healthy.");
    expect(headline(diagnosisOf(WELL, { firing: [firing()] }))).toContain("it is over");
  });

  it.each<[string, Values, string, string]>([
    ["users feel nothing", { real: 0 }, "not felt", "Looks over, or like nothing that users feel."],
    [
      "a few sessions are behind it",
      { sessions: 0 },
      "few",
      "Looks like a few sessions, not like an incident.",
    ],
  ])("doubts that it is an incident where %s, and names the cause all the same", (_, values, scope, text) => {
    const diagnosis = diagnosisOf({ ...FELT, third: 2, ...values });
    expect(diagnosis.scope).toBe(scope);
    expect(headline(diagnosis)).toBe(`${text} If it is more, the likeliest cause: The third one.`);
  });

  it("cannot tell where nothing has a series, whatever that is said to mean", () => {
    const isReal = question("real", { withoutSeries: { verdict: "unhealthy", means: "All is gone." } });
    const runbook = runbookOf({ isReal });
    const diagnosis = diagnosisOf({}, { runbook });
    expect(diagnosis.health).toBe("unknown");
    expect(headline(diagnosis)).toContain("Cannot tell");
    expect(diagnosisOf({}, { runbook, firing: [firing()] }).health).toBe("unhealthy");
  });

  it("looks at the series of whom the alert is, and at those that do not say whose they are", () => {
    const values: Values = {
      ...WELL,
      real: [
        [{ app: "chat" }, 0],
        [{ app: "other" }, 2],
      ],
      early: [[{ instance: "a" }, 2]],
    };
    const diagnosis = diagnosisOf(values, { labels: { app: "chat", cluster: "east" } });
    expect(diagnosis.isReal).toMatchObject({ verdict: "healthy", series: [{ value: 0 }] });
    expect(diagnosis.firstFiveMinutes[0]?.verdict).toBe("unhealthy");
    expect(diagnosisOf(values, { labels: { app: "third" } }).isReal.says).toBe("Nobody knows of real.");
  });

  it("does not take series of another job for those of another alert's", () => {
    const values: Values = { ...WELL, early: [[{ job: "chat-server" }, 2]] };
    expect(diagnosisOf(values, { labels: { job: "collector" } }).firstFiveMinutes[0]?.verdict).toBe(
      "unhealthy",
    );
  });

  it("has the worst series of an answer first, with the labels that tell them apart", () => {
    const { isReal } = diagnosisOf({
      ...WELL,
      real: [
        [{ __name__: "real", app: "chat", pod: "a" }, 0],
        [{ __name__: "real", app: "chat", pod: "b" }, Number.NaN],
        [{ __name__: "real", app: "chat", pod: "c" }, 3],
      ],
    });
    expect(isReal.series).toEqual([
      { labels: { pod: "c" }, value: 3, verdict: "unhealthy" },
      { labels: { pod: "a" }, value: 0, verdict: "healthy" },
      { labels: { pod: "b" }, value: Number.NaN, verdict: "unknown" },
    ]);
  });

  it("does not know what Prometheus did not answer, and says why", () => {
    const diagnosis = diagnosisOf({ ...FELT, third: { failure: "it took too long" } });
    expect(diagnosis.causes[2]).toMatchObject({
      state: "unknown",
      confirm: { says: "Not known: it took too long." },
    });
  });

  it("has no verdict on what is not a number", () => {
    expect(diagnosisOf({ ...WELL, real: Number.NaN }).isReal).toMatchObject({
      verdict: "unknown",
      says: expect.stringContaining("not a number"),
    });
  });
});
