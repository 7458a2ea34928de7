import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoredBatch } from "../ship/batch-storage.ts";
import { MAX_STORED_CHARACTERS, tabStorage } from "./tab-storage.ts";

const KEY = "sockscope:batches";
let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

function batch(seq: number, line = "a 1"): StoredBatch {
  return {
    url: "https://collector.example/",
    seq,
    leaving: false,
    lines: [line],
    measurements: 1,
    closedAt: 5,
  };
}

describe("a tab's storage", () => {
  it("gives the next page what this one kept, once", () => {
    tabStorage().save([batch(1), batch(2)]);
    expect(tabStorage().load()).toEqual([batch(1), batch(2)]);
    expect(tabStorage().load()).toEqual([]);
  });

  it("keeps nothing where nothing waits", () => {
    tabStorage().save([batch(1)]);
    tabStorage().save([]);
    expect(kept.size).toBe(0);
  });

  it("keeps the latest where there is too much", () => {
    const long = "a".repeat(MAX_STORED_CHARACTERS / 3);
    tabStorage().save([batch(1, long), batch(2, long), batch(3, long)]);
    expect(
      tabStorage()
        .load()
        .map(({ seq }) => seq),
    ).toEqual([2, 3]);
  });

  it("keeps two apps apart under two keys", () => {
    tabStorage("a").save([batch(1)]);
    expect(tabStorage("b").load()).toEqual([]);
  });

  it.each([
    "null",
    "{}",
    "[null, 7, {}]",
    '[{"url":"u","seq":"1"}]',
    '[{"url":"u","seq":1,"measurements":1,"closedAt":1,"lines":[7]}]',
  ])("takes no %s for batches", (text) => {
    kept.set(KEY, text);
    expect(tabStorage().load()).toEqual([]);
  });

  it("forgets what is no JSON, so that it is met once", () => {
    kept.set(KEY, "{");
    expect(() => tabStorage().load()).toThrow(SyntaxError);
    expect(tabStorage().load()).toEqual([]);
  });
});
