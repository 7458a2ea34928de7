import { describe, expect, it } from "vitest";
import { ThreadMemory } from "./thread-memory.ts";

const LIMITS = { maxThreads: 2, maxTurns: 3 };

function turn(id: number) {
  return { role: "user", text: `text ${id}`, message_id: `m${id}` } as const;
}

describe("ThreadMemory", () => {
  it("forgets a thread's oldest turn when there is one too many, and still counts it", () => {
    const memory = new ThreadMemory(LIMITS);
    for (let id = 1; id <= 4; id += 1) memory.add("a", turn(id));
    expect(memory.rehydration("a")).toMatchObject({
      turn_count: 4,
      recent_turns: [turn(2), turn(3), turn(4)],
    });
  });

  it("forgets the thread that was quiet for longest when there is one too many", () => {
    const memory = new ThreadMemory(LIMITS);
    memory.add("a", turn(1));
    memory.add("b", turn(1));
    memory.add("a", turn(2));
    memory.add("c", turn(1));
    expect(memory.rehydration("b").recent_turns).toEqual([]);
    expect(memory.rehydration("a").recent_turns).toEqual([turn(1), turn(2)]);
    expect(memory.size).toBe(2);
  });

  it("does not remember a turn twice", () => {
    const memory = new ThreadMemory(LIMITS);
    expect(memory.add("a", turn(1))).toBe(true);
    expect(memory.add("a", turn(1))).toBe(false);
    expect(memory.rehydration("a").turn_count).toBe(1);
  });

  it("does not begin to remember a thread that is only asked for", () => {
    const memory = new ThreadMemory(LIMITS);
    memory.rehydration("a");
    expect(memory.size).toBe(0);
  });
});
