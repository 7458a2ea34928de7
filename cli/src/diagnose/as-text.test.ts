import { describe, expect, it } from "vitest";
import { reportAsText } from "./as-text.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Report } from "./report.ts";
import { diagnosisOf, FELT, firing, question, runbookOf, WELL } from "./testing/made-up.test-support.ts";

const ESCAPE = "\u001b";

function reportOf(diagnoses: readonly Diagnosis[], changed: Partial<Report> = {}): Report {
  const links = { runbook: "https://wiki.example/WsAuthCloseSpike.md", dashboard: undefined };
  return {
    prometheus: "http://prometheus.example",
    moment: 1600,
    isPast: false,
    diagnoses: diagnoses.map((diagnosis) => ({ diagnosis, links })),
    notes: [],
    isKnown: true,
    ...changed,
  };
}

const NAMED = diagnosisOf(
  {
    ...FELT,
    first: 2,
    second: 2,
    early: [
      [{ pod: "a" }, 2],
      [{ pod: "b" }, 0],
    ],
  },
  { labels: { app: "chat" }, firing: [firing({ app: "chat" })] },
);

describe("a report for a terminal", () => {
  it("has the headline first, then what was asked, the causes and what to do next", () => {
    expect(reportAsText(reportOf([NAMED]), { columns: 80 })).toMatchInlineSnapshot(`
      "http://prometheus.example, at 1970-01-01 00:26:40 UTC

      WsAuthCloseSpike  app=chat
      ────────────────────────────────────────────────────────────────────────────────
      UNHEALTHY  The likeliest cause: The second one.
                 Impact: Users wait.
                 Alert: page, firing for 10 min, since 1970-01-01 00:16:40 UTC.

      Is it real, and is it many?
        UNHEALTHY           2  How is real? (healthy is at most 1)
                               → real is not well.
        UNHEALTHY           2  How is sessions? (healthy is at most 1)
                               → sessions is not well.

      The first five minutes
        UNHEALTHY           2  How is early? (healthy is at most 1)
        UNHEALTHY           2  pod=a
        healthy             0  pod=b
                               → early is not well.

      Causes, the likeliest first
        follows             2  The first one
                               How is first? (healthy is at most 1)
                               → It is seen because of "The second one".
        CONFIRMED           2  The second one
                               How is second? (healthy is at most 1)
                               → second is not well.
        ruled out           0  The third one
                               How is third? (healthy is at most 1)
                               → third is well.

      Next: The second one
        It shows as second.
        Fix, with its commands in the runbook:
        1. Mend the second.
        It worked when this is at most 1, and now is 2: How is real?

      Done when all of this is healthy
        UNHEALTHY           2  How is real? (healthy is at most 1)

      Runbook    https://wiki.example/WsAuthCloseSpike.md"
    `);
  });

  it("breaks its lines where the terminal ends, and within bounds of its own", () => {
    const asks = `How ${"long ".repeat(60)}is it?`;
    const diagnosis = diagnosisOf(FELT, {
      runbook: runbookOf({ isReal: question("real", { asks }) }),
      firing: [firing({ app: "chat" })],
    });
    const widest = (columns: number): number => {
      const lines = reportAsText(reportOf([diagnosis]), { columns }).split("\n");
      return Math.max(...lines.map((line) => line.length));
    };
    expect(widest(80)).toBeLessThanOrEqual(80);
    expect(widest(300)).toBeLessThanOrEqual(110);
    expect(widest(300)).toBeGreaterThan(80);
  });

  it("has colours where they are shown, and says nothing by them alone", () => {
    const colored = reportAsText(reportOf([NAMED]), { columns: 80, hasColors: true });
    const plain = reportAsText(reportOf([NAMED]), { columns: 80 });
    expect(plain).not.toContain(ESCAPE);
    expect(colored).toContain(`${ESCAPE}[31;1mUNHEALTHY`);
    expect(colored.replaceAll(new RegExp(`${ESCAPE}\\[[\\d;]*m`, "g"), "")).toBe(plain);
  });

  it("lets nothing through that a terminal would obey", () => {
    const hostile = diagnosisOf(
      {
        ...FELT,
        early: [
          [{ pod: `a${ESCAPE}[2Jb`, [`p${ESCAPE}[2J`]: "q" }, 2],
          [{ pod: "c" }, 2],
        ],
      },
      {
        labels: { app: `x${ESCAPE}]0;y` },
        firing: [{ ...firing(), annotations: { description: `d${ESCAPE}c\ne` } }],
      },
    );
    expect(reportAsText(reportOf([hostile]), {})).not.toContain(ESCAPE);
  });

  it("has a line for each diagnosis first where there are several, and notes before them", () => {
    const text = reportAsText(reportOf([NAMED, diagnosisOf(WELL)], { notes: ["Watchdog is silent."] }), {});
    expect(text.split("\n").slice(2, 6)).toEqual([
      "Watchdog is silent.",
      "",
      "UNHEALTHY  WsAuthCloseSpike  app=chat  The likeliest cause: The second one.",
      "healthy    WsAuthCloseSpike  All that can be judged is healthy.",
    ]);
  });

  it("says that it is of another moment than now", () => {
    expect(reportAsText(reportOf([], { isPast: true }), {})).toContain(
      "as it was at 1970-01-01 00:26:40 UTC",
    );
  });

  it("says whom to call where no cause is confirmed", () => {
    expect(reportAsText(reportOf([diagnosisOf(FELT)]), {})).toContain("platform's on-call: when it lasts.");
  });
});
