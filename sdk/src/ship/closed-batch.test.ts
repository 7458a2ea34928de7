import { describe, expect, it } from "vitest";
import { FakeHost, sentBatch } from "../testing/fake-host.test-support.ts";
import { closeBatch, restoredBatch } from "./closed-batch.ts";

const BATCH = { url: "https://collector.example/", seq: 1, leaving: false, lines: [], measurements: 0 };

describe("closeBatch", () => {
  it("says its age in whole milliseconds, which is what the wire takes", () => {
    const host = new FakeHost();
    const batch = closeBatch(BATCH, host);
    host.clock += 12.6;
    expect(batch.ageMs()).toBe(13);
    expect(sentBatch(batch.body()).closedMsAgo).toBe(13);
  });

  it("says that the page leaves only where it does", () => {
    const host = new FakeHost();
    expect(sentBatch(closeBatch({ ...BATCH, leaving: true }, host).body()).leaving).toBe(true);
    expect(sentBatch(closeBatch(BATCH, host).body()).leaving).toBe(false);
  });

  it("goes on aging on the next page, by the wall clock", () => {
    const host = new FakeHost();
    const batch = closeBatch(BATCH, host);
    const next = new FakeHost();
    next.clock = 5;
    next.wall = host.wall + 700;
    expect(sentBatch(restoredBatch(batch, next).body())).toMatchObject({ seq: 1, closedMsAgo: 700 });
    next.wall = host.wall - 700;
    expect(restoredBatch(batch, next).ageMs()).toBe(0);
  });
});
