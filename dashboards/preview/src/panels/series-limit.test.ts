import { expect, it } from "vitest";
import { limitSeries } from "./series-limit.ts";

const TIME = { type: "time" };
const numbers = (count: number): { type: string }[] =>
  Array.from({ length: count }, () => ({ type: "number" }));

it("leaves frames as they are when all of their series are drawn", () => {
  const frames = [{ fields: [TIME, ...numbers(1)] }, { fields: [TIME, ...numbers(2)] }];
  const { drawn, total } = limitSeries(frames, 3);
  expect(total).toBe(3);
  expect(drawn).toEqual(frames);
  expect(drawn[1]).toBe(frames[1]);
});

it("draws the first series, and says how many there are", () => {
  const frames = Array.from({ length: 3_000 }, () => ({ fields: [TIME, ...numbers(1)] }));
  const { drawn, total } = limitSeries(frames);
  expect([drawn.length, total]).toEqual([300, 3_000]);
});

it("cuts a frame that has many series, which keeps its times", () => {
  const { drawn, total } = limitSeries(
    [{ fields: [TIME, ...numbers(5)] }, { fields: [TIME, ...numbers(1)] }],
    2,
  );
  expect(total).toBe(6);
  expect(drawn).toEqual([{ fields: [TIME, ...numbers(2)] }]);
});
