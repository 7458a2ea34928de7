import { describe, expect, it } from "vitest";
import { subjectsOf } from "./subjects.ts";
import { firing, runbookOf, symptomWith } from "./testing/made-up.test-support.ts";

const SYMPTOM = symptomWith(runbookOf());

function labelsOf(...fired: Parameters<typeof firing>[0][]): object[] {
  return subjectsOf(SYMPTOM, fired.map(firing), ["cluster"]).map(({ labels }) => labels);
}

describe("subjectsOf", () => {
  it("has one for each app, job and environment for which the alert fires", () => {
    expect(labelsOf({ app: "a" }, { app: "b", cluster: "east" }, { app: "a", severity: "ticket" })).toEqual([
      { app: "a" },
      { app: "b", cluster: "east" },
    ]);
  });

  it("takes instances and rules for details of one incident", () => {
    const [only, ...more] = subjectsOf(SYMPTOM, [firing({ instance: "a" }), firing({ evidence: "b" })], []);
    expect([only?.labels, only?.firing.length, more]).toEqual([{}, 2, []]);
  });

  it("counts what fires for nobody in particular to everybody for whom the alert fires", () => {
    const subjects = subjectsOf(SYMPTOM, [firing(), firing({ app: "a" }), firing({ app: "b" })], []);
    expect(subjects.map(({ labels, firing: rules }) => [labels, rules.length])).toEqual([
      [{ app: "a" }, 2],
      [{ app: "b" }, 2],
    ]);
  });

  it("leaves out other alerts, and has the symptom itself where it does not fire", () => {
    expect(labelsOf({ alertname: "Other", app: "a" })).toEqual([{}]);
  });
});
