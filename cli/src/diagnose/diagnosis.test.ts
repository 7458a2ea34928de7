import { increase } from "@sockscope/promql";
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

  it("takes nothing but what users feel for health", () => {
    const busy = { ...WELL, sessions: 6000, early: 2, third: 2 };
    expect(diagnosisOf(busy).health).toBe("healthy");
    const runbook = runbookOf({ doneWhen: [question("early")] });
    expect(diagnosisOf({ ...WELL, early: 2 }, { runbook }).health).toBe("unhealthy");
    expect(diagnosisOf({ ...WELL, real: 2 }).health).toBe("unhealthy");
  });

  it.each([
    ["page", "unhealthy"],
    ["ticket", "unhealthy"],
    ["none", "healthy"],
  ])("is by an alert of severity %s that fires, whose answers are well, %s", (severity, health) => {
    expect(diagnosisOf(WELL, { firing: [firing({ severity })] }).health).toBe(health);
  });

  it.each<[string, Values[string] | undefined]>([
    ["has no series", undefined],
    ["was not answered", { failure: "it took too long" }],
  ])("cannot tell whether users feel it where the question for that %s", (_, real) => {
    const { real: _gone, ...others } = WELL;
    const values = real === undefined ? others : { ...others, real };
    const diagnosis = diagnosisOf(values);
    expect(diagnosis.health).toBe("unknown");
    expect(headline(diagnosis)).toMatch(/^Cannot tell whether users feel it\. No/);
    expect(headline(diagnosisOf(values, { firing: [firing()] }))).toBe(
      "No cause is confirmed. Whether users feel it cannot be told.",
    );
  });

  it("is an incident while its page fires, however few are hit by now", () => {
    const sessions = question("sessions", {
      query: increase({ type: "counter", name: "sessions_total", labels: {} }, {}, "15m"),
    });
    const runbook = runbookOf({ oneOrMany: { sessions } });
    const { sessions: few, ...others } = { ...FELT, sessions: 0, third: 2 };
    const values = { ...others, [sessions.query.promql]: few };
    const paged = diagnosisOf(values, { runbook, firing: [firing()] });
    expect([paged.scope, headline(paged)]).toEqual([
      "incident",
      "The likeliest cause: The third one. Few new ones within the last 15 minutes: whoever was hit may still be.",
    ]);
    expect(diagnosisOf(values, { runbook }).scope).toBe("few");
    expect(diagnosisOf(values, { runbook, firing: [firing({ severity: "ticket" })] }).scope).toBe("few");
  });

  it("does not say that it is over while its alert fires", () => {
    expect(headline(diagnosisOf(WELL, { firing: [firing()] }))).toBe(
      "No cause is confirmed. Those who are heard feel nothing of it now: it may be ending, or whoever is hit is not heard.",
    );
    expect(headline(diagnosisOf(WELL, { firing: [firing({ severity: "ticket" })] }))).toBe(
      "It fires, and users feel nothing of it now.",
    );
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
  });

  it("does not take it for health that only others have series", () => {
    const isReal = question("real", { withoutSeries: { verdict: "healthy", means: "Nothing happened." } });
    const real: Values[string] = [
      [{ app: "chat-server", cluster: "east" }, 2],
      [{ app: "other", cluster: "east" }, 2],
    ];
    const diagnosis = diagnosisOf(
      { ...WELL, real },
      { runbook: runbookOf({ isReal }), labels: { app: "shop", cluster: "east" } },
    );
    expect(diagnosis.isReal).toMatchObject({
      verdict: "unknown",
      says: "No series of app=shop; there are some of app=chat-server; app=other.",
    });
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
