import { describe, expect, it } from "vitest";
import {
  add,
  and,
  andOn,
  compare,
  divide,
  multiply,
  or,
  orOn,
  ratio,
  subtract,
  unlessOn,
} from "./operators.ts";
import { recordedSeries } from "./selection.ts";

const a = recordedSeries("a", ["app"]);
const b = recordedSeries("b", ["app"]);
const c = recordedSeries("c", ["app"]);

describe("operators", () => {
  it("put parentheses where precedence needs them, and nowhere else", () => {
    expect(and(compare(divide(a, b), ">", 0.1), compare(multiply(a, 300), ">=", 5)).promql).toBe(
      "a / b > 0.1 and a * 300 >= 5",
    );
    expect(divide(add(a, b), c).promql).toBe("(a + b) / c");
    expect(add(a, divide(b, c)).promql).toBe("a + b / c");
    expect(multiply(compare(a, ">", 1), 2).promql).toBe("(a > 1) * 2");
    expect(and(or(a, b), c).promql).toBe("(a or b) and c");
    expect(or(and(a, b), c).promql).toBe("a and b or c");
  });

  it("put parentheses around a right operand of the same precedence, because the left binds first", () => {
    expect(subtract(subtract(a, b), c).promql).toBe("a - b - c");
    expect(subtract(a, subtract(b, c)).promql).toBe("a - (b - c)");
    expect(divide(a, multiply(b, c)).promql).toBe("a / (b * c)");
    expect(unlessOn([], a, and(b, c)).promql).toBe("a unless on () (b and c)");
    expect(unlessOn([], and(a, b), c).promql).toBe("a and b unless on () c");
  });

  it("take a number on either side of arithmetic", () => {
    expect(subtract(1, a).promql).toBe("1 - a");
    expect(multiply(-7200, a)).toMatchObject({ promql: "-7200 * a", labels: ["app"] });
    expect(multiply(0.8, a).promql).toBe("0.8 * a");
  });

  it("guard a ratio against a whole of nothing", () => {
    expect(ratio(a, b).promql).toBe("a / (b > 0)");
  });

  it("match by the labels named, or by none", () => {
    expect(andOn([], a, b).promql).toBe("a and on () b");
    expect(unlessOn(["app"], a, b).promql).toBe("a unless on (app) b");
    expect(orOn([], unlessOn([], a, b), c).promql).toBe("a unless on () b or on () c");
  });

  it("carry the left side's labels, and both sides' behind or", () => {
    const byJob = recordedSeries("d", ["job", "app"]);
    expect(andOn(["app"], a, byJob).labels).toEqual(["app"]);
    expect(or(a, byJob).labels).toEqual(["app", "job"]);
    expect(orOn(["app"], a, byJob).labels).toEqual(["app", "job"]);
  });
});
