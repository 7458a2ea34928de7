import { expect, it } from "vitest";
import { KeptReleases } from "./kept-releases.ts";

const FIVE = new KeptReleases(["1", "2", "3", "4", "5"]);

it("keeps the newest five of what was announced", () => {
  expect(new KeptReleases(["1", "2", "3", "4", "5", "6", "7"]).names).toEqual(["3", "4", "5", "6", "7"]);
  expect(FIVE.with("6").names).toEqual(["2", "3", "4", "5", "6"]);
});

it("takes one that is announced again, as after a rollback, for the newest, and pushes none out", () => {
  const rolledBack = FIVE.with("2");
  expect(rolledBack.names).toEqual(["1", "3", "4", "5", "2"]);
  expect(rolledBack.with("6").names).toEqual(["3", "4", "5", "2", "6"]);
});

it("has the last position for every other release and for none", () => {
  expect(["1", "5", "6", "", undefined].map((name) => FIVE.positionOf(name))).toEqual([0, 4, 5, 5, 5]);
  expect(FIVE.positions).toBe(6);
  expect(new KeptReleases([]).positionOf("1")).toBe(0);
});

it("says where each position went, and which has gone", () => {
  expect(FIVE.positionsIn(FIVE.with("6"))).toEqual([undefined, 0, 1, 2, 3, 5]);
  expect(FIVE.positionsIn(FIVE.with("2"))).toEqual([0, 4, 1, 2, 3, 5]);
  expect(new KeptReleases([]).positionsIn(new KeptReleases(["1"]))).toEqual([1]);
});
