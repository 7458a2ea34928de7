import { describe, expect, it } from "vitest";
import { RecencyList } from "./recency-list.ts";

function fromNewest(list: RecencyList): number[] {
  const slots: number[] = [];
  for (let slot = list.newest; slot !== undefined; slot = list.olderThan(slot)) slots.push(slot);
  return slots;
}

describe("RecencyList", () => {
  it("has neither end while it is empty", () => {
    const list = new RecencyList(1);
    expect([list.oldest, list.newest]).toEqual([undefined, undefined]);
  });

  it.each([
    [0, [2, 1]],
    [1, [2, 0]],
    [2, [1, 0]],
  ])("keeps the others in order when slot %d is removed", (removed, left) => {
    const list = new RecencyList(3);
    for (const slot of [0, 1, 2]) list.append(slot);
    list.remove(removed);
    expect(fromNewest(list)).toEqual(left);
    expect(list.oldest).toBe(left.at(-1));
  });

  it("is empty again when its only slot is removed", () => {
    const list = new RecencyList(1);
    list.append(0);
    list.remove(0);
    expect([list.oldest, list.newest]).toEqual([undefined, undefined]);
  });
});
