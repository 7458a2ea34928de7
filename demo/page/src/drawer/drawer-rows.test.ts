import type { Snapshot } from "@sockscope/sdk/snapshot";
import { describe, expect, it } from "vitest";
import { attemptRows, closeRows, drawerTotals, lostRows } from "./drawer-rows.ts";

const AT = new Date(2026, 0, 2, 3, 4, 5).getTime();

describe("a close in the drawer", () => {
  it.each([
    ["4401", "opened", "peer", "authentication", "Ended by the server", "bad"],
    ["4001", "opened", "peer", "signed in elsewhere", "Ended by the server", "bad"],
    [
      "1006",
      "never_opened",
      "network",
      "abnormal",
      "Ended by the network, without a close frame, before it had opened",
      "bad",
    ],
    ["1000", "opened", "page", "normal", "Ended by this page", "neutral"],
    ["4777", "opened", "peer", "private code", "Ended by the server", "bad"],
  ] as const)(
    "with %s, %s, ended by the %s, is named by the catalog",
    (code, phase, endedBy, text, detail, tone) => {
      expect(closeRows([{ at: AT, code, phase, endedBy }])).toEqual([
        { key: expect.any(String), head: code, text, detail, time: "03:04:05", tone },
      ]);
    },
  );

  it("without a code says that there was no event", () => {
    const [row] = closeRows([{ at: AT, code: "none", phase: "opened", endedBy: "left" }]);
    expect(row).toMatchObject({ head: "–", text: "no close event", tone: "neutral" });
  });
});

describe("an attempt in the drawer", () => {
  it.each([
    ["opened", "initial", undefined, "Opened", "At once", "good"],
    ["failed", "backoff", 1.94, "Did not open", "After a backoff of 1.9 s", "bad"],
    ["failed", "backoff", undefined, "Did not open", "After a backoff; it did not come to a socket", "bad"],
    ["aborted", "manual", undefined, "Given up", "At once", "neutral"],
  ] as const)(
    "that %s, made for %s after %s s, is %s",
    (outcome, trigger, delaySeconds, head, detail, tone) => {
      expect(attemptRows([{ at: AT, outcome, trigger, delaySeconds }])).toMatchObject([
        { head, detail, tone },
      ]);
    },
  );

  it("comes before those that came before it, each with a key of its own", () => {
    const attempt = { at: AT, trigger: "backoff", delaySeconds: undefined } as const;
    const rows = attemptRows([
      { ...attempt, outcome: "failed" },
      { ...attempt, outcome: "opened" },
    ]);
    expect(rows.map(({ head }) => head)).toEqual(["Opened", "Did not open"]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(2);
  });
});

describe("what a snapshot comes to", () => {
  const attempt = { at: AT, delaySeconds: undefined } as const;
  const snapshot: Snapshot = {
    closes: [{ at: AT, code: "1006", phase: "opened", endedBy: "network" }],
    attempts: [
      { ...attempt, outcome: "opened", trigger: "initial" },
      { ...attempt, outcome: "failed", trigger: "backoff" },
      { ...attempt, outcome: "opened", trigger: "backoff" },
    ],
    durationsSeconds: [61],
    p95DurationSeconds: 61,
    lost: { queue: 2, expired: 1 },
  };

  it("counts reconnects that worked, and what was lost, by where", () => {
    expect(drawerTotals(snapshot)).toEqual({ reconnects: 1, closes: 1, p95Duration: "1 min", lost: 3 });
    expect(lostRows(snapshot.lost)).toEqual(["2 × queue", "1 × expired"]);
  });

  it("has no p95 while no connection has ended", () => {
    expect(drawerTotals({ ...snapshot, p95DurationSeconds: undefined }).p95Duration).toBeUndefined();
  });
});
