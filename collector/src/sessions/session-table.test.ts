import {
  DEDUPLICATION_WINDOW,
  KEEP_ALIVE_MS,
  MAX_BATCH_AGE_MS,
  MAX_DELTA,
} from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { sessionNumber } from "../testing/batches.test-support.ts";
import { type Admission, SESSION_ACTIVE_MS, SESSION_RETENTION_MS, SessionTable } from "./session-table.ts";

const A = sessionNumber(1);
const B = sessionNumber(2);

/** A table, and the way in which a batch without faults goes through it. */
function createTable({ maxSessions = 10, apps = 1 } = {}) {
  const time = { now: 1000 };
  const table = new SessionTable({ apps, maxSessions, clock: () => time.now });
  const send = (session: string, seq: number, app = 0): Admission => {
    const admission = table.admit(app, session, seq, 0);
    if (admission === "new") table.commit(app, session, seq);
    return admission;
  };
  return { table, time, send };
}

describe("admit", () => {
  it("tells a number that was counted from one that was not, in any order", () => {
    const { send } = createTable();
    expect([3, 1, 2, 1, 3, 2, 4].map((seq) => send(A, seq))).toEqual([
      "new",
      "new",
      "new",
      "duplicate",
      "duplicate",
      "duplicate",
      "new",
    ]);
  });

  it("agrees with a set of all numbers, whatever order they come in", () => {
    const { send } = createTable();
    const counted = new Set<number>();
    let newest = 0;
    // A fixed linear congruence: the same mixture of steps, leaps and returns in every run.
    for (let step = 0, random = 1; step < 5000; step += 1) {
      random = (random * 1103515245 + 12345) % 2 ** 31;
      const seq = Math.max(1, newest + (random % 90) - 80);
      const behind = seq <= newest - DEDUPLICATION_WINDOW;
      expect(send(A, seq)).toBe(behind ? "too_old" : counted.has(seq) ? "duplicate" : "new");
      if (behind) continue;
      counted.add(seq);
      newest = Math.max(newest, seq);
    }
    expect(newest).toBeGreaterThan(10 * DEDUPLICATION_WINDOW);
  });

  it("leaves a number free until it is committed", () => {
    const { table } = createTable();
    expect(table.admit(0, A, 1, 0)).toBe("new");
    expect(table.admit(0, A, 1, 0)).toBe("new");
    expect(table.size).toBe(0);
  });

  it("keeps sessions and apps apart", () => {
    const { send } = createTable({ apps: 2 });
    expect([send(A, 1, 0), send(A, 1, 1), send(B, 1, 0), send(A, 1, 1)]).toEqual([
      "new",
      "new",
      "new",
      "duplicate",
    ]);
  });

  it("accepts the last number of the window and calls the one behind it too old", () => {
    const { send } = createTable();
    send(A, 1000);
    expect(send(A, 1000 - DEDUPLICATION_WINDOW)).toBe("too_old");
    expect(send(A, 1001 - DEDUPLICATION_WINDOW)).toBe("new");
  });

  it("calls a batch older than the limit too old, even when its session is unknown", () => {
    const { table } = createTable();
    expect(table.admit(0, A, 1, MAX_BATCH_AGE_MS)).toBe("new");
    expect(table.admit(0, A, 1, MAX_BATCH_AGE_MS + 1)).toBe("too_old");
  });

  it("is full for new sessions only", () => {
    const { send } = createTable({ maxSessions: 1 });
    expect([send(A, 1), send(B, 1), send(A, 2), send(A, 1)]).toEqual(["new", "full", "new", "duplicate"]);
  });

  it("has room again as soon as a session expired", () => {
    const { time, send } = createTable({ maxSessions: 1 });
    send(A, 1);
    time.now += SESSION_RETENTION_MS;
    expect(send(B, 1)).toBe("full");
    time.now += 1;
    expect(send(B, 1)).toBe("new");
  });
});

describe("retention", () => {
  it("outlasts the oldest batch that is accepted", () => {
    expect(SESSION_RETENTION_MS).toBeGreaterThan(MAX_BATCH_AGE_MS);
  });

  it("recognises a copy for as long as a copy may be accepted", () => {
    const { time, send } = createTable();
    send(A, 1);
    time.now += MAX_BATCH_AGE_MS;
    expect(send(A, 1)).toBe("duplicate");
  });

  it("starts again with every batch, and forgets in the order of the last ones", () => {
    const { table, time, send } = createTable();
    send(A, 1);
    send(B, 1);
    time.now += SESSION_RETENTION_MS - 1;
    send(A, 2);
    time.now += 2;
    table.expire();
    expect(table.size).toBe(1);
    expect(send(A, 2)).toBe("duplicate");
  });

  it("forgets everything a session had before its slot is used again", () => {
    const { table, time, send } = createTable({ maxSessions: 1 });
    send(A, 5);
    time.now += SESSION_RETENTION_MS + 1;
    table.expire();
    expect([send(B, 5), send(B, 4)]).toEqual(["new", "new"]);
  });

  it("forgets at most as many as it is told", () => {
    const { table, time, send } = createTable();
    for (let number = 1; number <= 3; number += 1) send(sessionNumber(number), 1);
    time.now += SESSION_RETENTION_MS + 1;
    table.expire(2);
    expect(table.size).toBe(1);
  });
});

describe("sequenceGaps", () => {
  it("counts a missing number only when it leaves the window", () => {
    const { table, send } = createTable();
    send(A, 1);
    send(A, 3);
    send(A, 1 + DEDUPLICATION_WINDOW);
    expect(table.sequenceGaps).toBe(0);
    send(A, 2 + DEDUPLICATION_WINDOW);
    expect(table.sequenceGaps).toBe(1);
  });

  it("does not count a number that arrived late", () => {
    const { table, send } = createTable();
    for (const seq of [1, 3, 2]) send(A, seq);
    for (let seq = 4; seq <= 3 * DEDUPLICATION_WINDOW; seq += 1) send(A, seq);
    expect(table.sequenceGaps).toBe(0);
  });

  it("does not count the numbers before the first that it saw", () => {
    const { table, time, send } = createTable();
    send(A, 500);
    send(A, 500 + 2 * DEDUPLICATION_WINDOW);
    expect(table.sequenceGaps).toBe(DEDUPLICATION_WINDOW);
    time.now += SESSION_RETENTION_MS + 1;
    table.expire();
    expect(table.sequenceGaps).toBe(2 * DEDUPLICATION_WINDOW - 1);
  });

  it("counts the holes of a session that expires", () => {
    const { table, time, send } = createTable();
    for (const seq of [1, 2, 5]) send(A, seq);
    time.now += SESSION_RETENTION_MS + 1;
    table.expire();
    expect(table.sequenceGaps).toBe(2);
  });

  it("is not poisoned by a number that leaps", () => {
    const { table, send } = createTable();
    send(A, 1);
    send(A, Number.MAX_SAFE_INTEGER);
    expect(table.sequenceGaps).toBe(MAX_DELTA);
  });
});

describe("activeByApp", () => {
  it("counts sessions per app until they have been silent for longer than a keep-alive", () => {
    const { table, time, send } = createTable({ apps: 2 });
    send(A, 1, 0);
    time.now += KEEP_ALIVE_MS;
    send(B, 1, 0);
    send(B, 1, 1);
    expect(table.activeByApp()).toEqual([2, 1]);
    time.now += SESSION_ACTIVE_MS;
    expect(table.activeByApp()).toEqual([1, 1]);
    time.now += 1;
    expect(table.activeByApp()).toEqual([0, 0]);
    expect(table.size).toBe(3);
  });

  it("takes a duplicate as a sign of life", () => {
    const { table, time, send } = createTable();
    send(A, 1);
    time.now += SESSION_ACTIVE_MS + 1;
    send(A, 1);
    expect(table.activeByApp()).toEqual([1]);
  });
});
