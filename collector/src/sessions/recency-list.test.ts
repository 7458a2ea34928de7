import { describe, expect, it } from "vitest";
import { RecencyList } from "./recency-list.ts";

/** Empties the list from its old end. */
function fromOldest(list: RecencyList): number[] {
  const slots: number[] = [];
  for (let slot = list.oldest; slot !== undefined; slot = list.oldest) {
    slots.push(slot);
    list.remove(slot);
  }
  return slots;
}

describe("RecencyList", () => {
  it("has no oldest slot while it is empty", () => {
    expect(new RecencyList(1).oldest).toBeUndefined();
  });

  it.each([
    [0, [1, 2]],
    [1, [0, 2]],
    [2, [0, 1]],
  ])("keeps the others in order when slot %d is removed", (removed, left) => {
    const list = new RecencyList(3);
    for (const slot of [0, 1, 2]) list.append(slot);
    list.remove(removed);
    expect(fromOldest(list)).toEqual(left);
  });

  it("puts a slot that comes again at the new end", () => {
    const list = new RecencyList(2);
    for (const slot of [0, 1]) list.append(slot);
    list.remove(0);
    list.append(0);
    expect(fromOldest(list)).toEqual([1, 0]);
  });

  it("throws for a slot that it does not have, and stays as it was", () => {
    const list = new RecencyList(1);
    list.append(0);
    expect(() => list.append(1)).toThrow(RangeError);
    expect(() => list.remove(-1)).toThrow(RangeError);
    expect(fromOldest(list)).toEqual([0]);
  });
});
