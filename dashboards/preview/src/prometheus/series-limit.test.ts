import { expect, it } from "vitest";
import { limitSeries, MOST_SERIES } from "./series-limit.ts";

it("leaves an answer as it is when all of it is drawn", () => {
  const found = Array.from({ length: MOST_SERIES }, (_, i) => i);
  expect(limitSeries(found)).toEqual({ drawn: found });
});

it("draws the first series, and says how many there are", () => {
  const { drawn, notice } = limitSeries(Array.from({ length: 3_000 }, (_, i) => i));
  expect([drawn.length, drawn.at(-1)]).toEqual([300, 299]);
  expect(notice).toBe("The first 300 of 3,000 series");
});
