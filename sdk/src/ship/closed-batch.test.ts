import { describe, expect, it } from "vitest";
import { FakeHost, sentBatch } from "../testing/fake-host.test-support.ts";
import { closeBatch } from "./closed-batch.ts";

const NOTHING = { lines: [], measurements: 0 };

describe("closeBatch", () => {
  it("says its age in whole milliseconds, which is what the wire takes", () => {
    const host = new FakeHost();
    const batch = closeBatch(1, NOTHING, false, host);
    host.clock += 12.6;
    expect(batch.ageMs()).toBe(13);
    expect(sentBatch(batch.body()).closedMsAgo).toBe(13);
  });

  it("says that the page leaves only where it does", () => {
    const host = new FakeHost();
    expect(sentBatch(closeBatch(1, NOTHING, true, host).body()).leaving).toBe(true);
    expect(sentBatch(closeBatch(1, NOTHING, false, host).body()).leaving).toBe(false);
  });
});
