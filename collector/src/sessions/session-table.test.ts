import { SESSION_SILENCE_MS } from "@sockscope/catalog";
import {
  DEDUPLICATION_WINDOW,
  KEEP_ALIVE_MS,
  MAX_BATCH_AGE_MS,
  MAX_DELTA,
} from "@sockscope/catalog/protocol";
import { describe, expect, it } from "vitest";
import { sessionNumber } from "../testing/batches.test-support.ts";
import { type Admission, SESSION_RETENTION_MS, SessionTable } from "./session-table.ts";

const A = sessionNumber(1);
const B = sessionNumber(2);

/** A table, and the way in which a batch without faults goes through it. */
function createTable({ maxSessions = 10, apps = 1, releases = 1 } = {}) {
  const time = { now: 1000 };
  const table = new SessionTable({ apps, releases, maxSessions, clock: () => time.now });
  const send = (session: string, seq: number, app = 0, leaving = false): Admission => {
    const admission = table.admit(app, session, seq, 0);
    if (admission === "new") table.commit({ app, release: 0 }, session, seq, leaving);
    return admission;
  };
  const leave = (session: string, seq: number): Admission => send(session, seq, 0, true);
  const gaps = (): number => table.countsOfApp(0).sequenceGaps;
  return { table, time, send, leave, gaps };
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
    table.settle();
    expect(table.size).toBe(1);
    expect(send(A, 2)).toBe("duplicate");
  });

  it("forgets everything a session had before its slot is used again", () => {
    const { table, time, send } = createTable({ maxSessions: 1 });
    send(A, 5);
    time.now += SESSION_RETENTION_MS + 1;
    table.settle();
    expect([send(B, 5), send(B, 4)]).toEqual(["new", "new"]);
  });

  it("forgets at most as many as it is told", () => {
    const { table, time, send } = createTable();
    for (let number = 1; number <= 3; number += 1) send(sessionNumber(number), 1);
    time.now += SESSION_RETENTION_MS + 1;
    table.settle(2);
    expect(table.size).toBe(1);
  });
});

describe("sequenceGaps", () => {
  it("counts a missing number only when it leaves the window", () => {
    const { send, gaps } = createTable();
    send(A, 1);
    send(A, 3);
    send(A, 1 + DEDUPLICATION_WINDOW);
    expect(gaps()).toBe(0);
    send(A, 2 + DEDUPLICATION_WINDOW);
    expect(gaps()).toBe(1);
  });

  it("does not count a number that arrived late", () => {
    const { send, gaps } = createTable();
    for (const seq of [1, 3, 2]) send(A, seq);
    for (let seq = 4; seq <= 3 * DEDUPLICATION_WINDOW; seq += 1) send(A, seq);
    expect(gaps()).toBe(0);
  });

  it("does not count the numbers before the first that it saw", () => {
    const { table, time, send, gaps } = createTable();
    send(A, 500);
    send(A, 500 + 2 * DEDUPLICATION_WINDOW);
    expect(gaps()).toBe(DEDUPLICATION_WINDOW);
    time.now += SESSION_RETENTION_MS + 1;
    table.settle();
    expect(gaps()).toBe(2 * DEDUPLICATION_WINDOW - 1);
  });

  it("counts the holes of a session that expires", () => {
    const { table, time, send, gaps } = createTable();
    for (const seq of [1, 2, 5]) send(A, seq);
    time.now += SESSION_RETENTION_MS + 1;
    table.settle();
    expect(gaps()).toBe(2);
  });

  it("is not poisoned by a number that leaps", () => {
    const { send, gaps } = createTable();
    send(A, 1);
    send(A, Number.MAX_SAFE_INTEGER);
    expect(gaps()).toBe(MAX_DELTA);
  });
});

describe("sessions", () => {
  const counted = (table: SessionTable, app = 0) => {
    table.settle();
    const { started, active, left, vanished } = table.countsOfApp(app);
    return { started, active, left, vanished };
  };

  it("are started with their first batch and active from their second on", () => {
    const { table, send } = createTable();
    send(A, 1);
    expect(counted(table)).toEqual({ started: 1, active: 0, left: 0, vanished: 0 });
    send(A, 2);
    expect(counted(table)).toEqual({ started: 1, active: 1, left: 0, vanished: 0 });
  });

  it("are counted for their own app", () => {
    const { table, send } = createTable({ apps: 2 });
    send(A, 1, 1);
    send(A, 2, 1);
    expect(counted(table, 0)).toEqual({ started: 0, active: 0, left: 0, vanished: 0 });
    expect(counted(table, 1)).toEqual({ started: 1, active: 1, left: 0, vanished: 0 });
  });

  it("vanish when nothing has come for longer than a keep-alive may take", () => {
    const { table, time, send } = createTable();
    send(A, 1);
    send(A, 2);
    time.now += SESSION_SILENCE_MS;
    expect(counted(table)).toEqual({ started: 1, active: 1, left: 0, vanished: 0 });
    time.now += 1;
    expect(counted(table)).toEqual({ started: 1, active: 0, left: 0, vanished: 1 });
    expect(table.size).toBe(1);
  });

  it("stay as long as keep-alives come", () => {
    const { table, time, send } = createTable();
    for (let seq = 1; seq <= 10; seq += 1, time.now += KEEP_ALIVE_MS) send(A, seq);
    expect(counted(table)).toEqual({ started: 1, active: 1, left: 0, vanished: 0 });
  });

  it("leave with the batch that says so, also when it is their first", () => {
    const { table, time, send, leave } = createTable();
    send(A, 1);
    leave(A, 2);
    leave(B, 1);
    time.now += SESSION_SILENCE_MS + 1;
    expect(counted(table)).toEqual({ started: 2, active: 0, left: 2, vanished: 0 });
  });

  it("come back with a higher number, and end once all the same", () => {
    const { table, time, send, leave } = createTable();
    leave(A, 1);
    send(A, 2);
    expect(counted(table)).toEqual({ started: 1, active: 1, left: 1, vanished: 0 });
    leave(A, 3);
    expect(counted(table)).toEqual({ started: 1, active: 0, left: 1, vanished: 0 });
    send(A, 4);
    time.now += SESSION_SILENCE_MS + 1;
    expect(counted(table)).toEqual({ started: 1, active: 0, left: 1, vanished: 0 });
  });

  it("come back after they vanished, and end once all the same", () => {
    const { table, time, send, leave } = createTable();
    send(A, 1);
    time.now += SESSION_SILENCE_MS + 1;
    send(A, 2);
    expect(counted(table)).toEqual({ started: 1, active: 1, left: 0, vanished: 1 });
    leave(A, 3);
    expect(counted(table)).toEqual({ started: 1, active: 0, left: 0, vanished: 1 });
  });

  it("do not come back with a lower number, which the leaving batch overtook", () => {
    const { table, time, send, leave } = createTable();
    send(A, 1);
    leave(A, 4);
    send(A, 2);
    send(A, 3);
    expect(counted(table)).toEqual({ started: 1, active: 0, left: 1, vanished: 0 });
    time.now += SESSION_SILENCE_MS + 1;
    expect(counted(table)).toEqual({ started: 1, active: 0, left: 1, vanished: 0 });
  });

  it("are the same in whatever order their batches arrive", () => {
    const orders = [
      [1, 2, 3],
      [1, 3, 2],
      [2, 1, 3],
      [2, 3, 1],
      [3, 1, 2],
      [3, 2, 1],
    ];
    for (const returned of [false, true]) {
      for (const order of orders) {
        const { table, send, leave } = createTable();
        for (const seq of order) seq === (returned ? 2 : 3) ? leave(A, seq) : send(A, seq);
        expect(counted(table)).toEqual({ started: 1, active: returned ? 1 : 0, left: 1, vanished: 0 });
      }
    }
  });

  it("are not changed by copies: one does not make a second batch, nor leave twice, nor come back, nor break a silence", () => {
    const { table, time, send, leave } = createTable();
    send(A, 1);
    send(A, 1);
    expect(counted(table)).toEqual({ started: 1, active: 0, left: 0, vanished: 0 });
    leave(A, 2);
    leave(A, 2);
    send(A, 1);
    expect(counted(table)).toEqual({ started: 1, active: 0, left: 1, vanished: 0 });
    send(B, 1);
    time.now += SESSION_SILENCE_MS;
    send(B, 1);
    time.now += 1;
    expect(counted(table)).toEqual({ started: 2, active: 0, left: 1, vanished: 1 });
  });

  it("vanish also when nobody looked until the batch that ends the silence", () => {
    const { table, time, send } = createTable({ maxSessions: 100 });
    for (let number = 1; number <= 100; number += 1) send(sessionNumber(number), 1);
    time.now += SESSION_SILENCE_MS + 1;
    send(sessionNumber(100), 2);
    expect(counted(table)).toEqual({ started: 100, active: 1, left: 0, vanished: 100 });
  });

  it("that are forgotten leave nothing to the next one in their slot", () => {
    const { table, time, send, leave } = createTable({ maxSessions: 1 });
    send(A, 1);
    leave(A, 9);
    time.now += SESSION_RETENTION_MS + 1;
    send(B, 1);
    send(B, 2);
    expect(counted(table)).toEqual({ started: 2, active: 1, left: 1, vanished: 0 });
  });

  it("agree with a model that keeps every batch, whatever comes in whatever order", () => {
    const { table, time, send } = createTable({ maxSessions: 50 });
    const model = new Map<
      number,
      { at: number; newest: number; leftAt: number; batches: Set<number>; ended: boolean }
    >();
    const ended = { left: 0, vanished: 0 };
    const settle = () => {
      for (const session of model.values()) {
        if (session.newest <= session.leftAt || session.at >= time.now - SESSION_SILENCE_MS || session.ended)
          continue;
        session.ended = true;
        ended.vanished += 1;
      }
    };
    // A fixed linear congruence, as above.
    for (let step = 0, random = 1; step < 5000; step += 1) {
      const next = (below: number): number => {
        random = (random * 1103515245 + 12345) % 2 ** 31;
        return (random >> 8) % below;
      };
      time.now += next(4000);
      settle();
      const number = next(20);
      const session = model.get(number) ?? { at: 0, newest: 0, leftAt: 0, batches: new Set(), ended: false };
      const seq = Math.max(1, session.newest + next(6) - 3);
      const leaving = next(5) === 0;
      if (send(sessionNumber(number), seq, 0, leaving) === "new") {
        model.set(number, session);
        session.batches.add(seq);
        session.at = time.now;
        session.newest = Math.max(session.newest, seq);
        if (leaving) session.leftAt = Math.max(session.leftAt, seq);
        if (leaving && !session.ended) {
          session.ended = true;
          ended.left += 1;
        }
      }
      const active = [...model.values()].filter(
        ({ at, newest, leftAt, batches }) =>
          newest > leftAt && batches.size > 1 && at >= time.now - SESSION_SILENCE_MS,
      );
      expect(counted(table)).toEqual({ started: model.size, active: active.length, ...ended });
    }
    expect(ended.left).toBeGreaterThan(0);
    expect(ended.vanished).toBeGreaterThan(0);
  });
});

describe("worstCaseBytes", () => {
  it("is what a session takes, times the sessions", () => {
    const bytesOf = (maxSessions: number) => createTable({ maxSessions }).table.worstCaseBytes;
    const perSession = bytesOf(1);
    expect(bytesOf(1000)).toBe(1000 * perSession);
    // The key with its places, then app, release, last batch, window, two lists, the number with which it left, and flags.
    expect(perSession).toBe(144 + 4 + 1 + 8 + (8 + 8 + DEDUPLICATION_WINDOW / 8) + 2 * 8 + 8 + 1);
  });
});

describe("releases", () => {
  const OTHER = 2;

  function createReleases() {
    const { table, time } = createTable({ releases: 3 });
    const send = (session: string, seq: number, release: number, leaving = false) =>
      table.commit({ app: 0, release }, session, seq, leaving);
    const counts = (releases = 3) =>
      Array.from({ length: releases }, (_, release) => {
        const { started, active, left, vanished } = table.countsOf({ app: 0, release });
        return [started, active, left, vanished];
      });
    return { table, time, send, counts };
  }

  it("have their own sessions", () => {
    const { send, counts } = createReleases();
    for (const seq of [1, 2]) send(A, seq, 0);
    send(B, 1, OTHER);
    expect(counts()).toEqual([
      [1, 1, 0, 0],
      [0, 0, 0, 0],
      [1, 0, 0, 0],
    ]);
  });

  it("have a session from the batch on with which they have a name: it is active there, and was started elsewhere", () => {
    const { table, send, counts } = createReleases();
    for (const seq of [1, 2]) send(A, seq, OTHER);
    send(A, 3, 1);
    expect(counts()).toEqual([
      [0, 0, 0, 0],
      [0, 1, 0, 0],
      [1, 0, 0, 0],
    ]);
    send(A, 4, 1, true);
    expect(counts()[1]).toEqual([0, 0, 1, 0]);
    expect(table.countsOfApp(0)).toMatchObject({ started: 1, active: 0, left: 1 });
  });

  it("hand their sessions over when they lose their name, but not how many had started", () => {
    const { table, time, send, counts } = createReleases();
    for (const seq of [1, 2]) send(A, seq, 0);
    for (const seq of [1, 2]) send(B, seq, 1);
    table.moveReleases([undefined, 0, OTHER], 3);
    expect(counts()).toEqual([
      [1, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
    time.now += SESSION_SILENCE_MS + 1;
    table.settle();
    expect(counts()).toEqual([
      [1, 0, 0, 1],
      [0, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
  });

  it("recognise a batch that was counted before they moved", () => {
    const { table, send } = createReleases();
    send(A, 1, 0);
    table.moveReleases([undefined, 0, OTHER], 3);
    expect(table.admit(0, A, 1, 0)).toBe("duplicate");
    expect(table.admit(0, A, 2, 0)).toBe("new");
  });

  it("may become more", () => {
    const { table, send, counts } = createReleases();
    for (const seq of [1, 2]) send(A, seq, OTHER);
    table.moveReleases([0, 1, 3], 4);
    send(B, 1, 2);
    expect(counts(4)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [1, 0, 0, 0],
      [1, 1, 0, 0],
    ]);
  });
});
