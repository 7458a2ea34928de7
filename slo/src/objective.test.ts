import { targetsWith } from "@sockscope/catalog";
import { vector } from "@sockscope/promql";
import { describe, expect, it } from "vitest";
import { errorBudget, met, missed, roomLeft } from "./objective.ts";

const VALUE = vector(7);

describe("a target's line", () => {
  it.each([
    [0, "vector(7) == 0", "vector(7) > 0"],
    [1, "vector(7) < 1.5", "vector(7) > 1.5"],
    [2, "vector(7) < 2.5", "vector(7) > 2.5"],
    [5, "vector(7) < 5.5", "vector(7) > 5.5"],
  ])(
    "of at most %i events lies half an event above them, and at none exactly there",
    (count, isMet, isMissed) => {
      const { forbidden } = targetsWith({ forbidden: { count } });
      expect(met(forbidden, VALUE).promql).toBe(isMet);
      expect(missed(forbidden, VALUE).promql).toBe(isMissed);
    },
  );

  it("of a share is the share, which itself is met", () => {
    const { connected_time, reconnection_storms } = targetsWith({
      connected_time: { share: 0.75 },
      reconnection_storms: { share: 0.25 },
    });
    expect(met(connected_time, VALUE).promql).toBe("vector(7) >= 0.75");
    expect(missed(connected_time, VALUE).promql).toBe("vector(7) < 0.75");
    expect(met(reconnection_storms, VALUE).promql).toBe("vector(7) <= 0.25");
    expect(missed(reconnection_storms, VALUE).promql).toBe("vector(7) > 0.25");
  });
});

it("room is left just where a target is met, and all of it where nothing went wrong", () => {
  const { connected_time, reconnection_storms, forbidden, duplicates_shown } = targetsWith({
    connected_time: { share: 0.75 },
    reconnection_storms: { share: 0.25 },
    forbidden: { count: 1 },
  });
  expect(roomLeft(connected_time, VALUE).promql).toBe("(vector(7) - 0.75) / 0.25");
  expect(roomLeft(reconnection_storms, VALUE).promql).toBe("1 - vector(7) / 0.25");
  expect(roomLeft(forbidden, VALUE).promql).toBe("1 - vector(7) / 1.5");
  expect(roomLeft(duplicates_shown, VALUE).promql).toBe("1 - vector(7) / 0.5");
});

it("an error budget is what a target leaves to one, or what it allows", () => {
  const targets = targetsWith({ connected_time: { share: 0.75 }, reconnection_storms: { share: 0.25 } });
  expect(errorBudget(targets.connected_time)).toBe(0.25);
  expect(errorBudget(targets.reconnection_storms)).toBe(0.25);
});
