import { describe, expect, it } from "vitest";
import { healthyText, unhealthyText } from "./answer-text.ts";
import { noMoreThan } from "./questions/no-more-than.ts";
import { verdictOf } from "./verdict.ts";

describe("no more than so many events", () => {
  const five = noMoreThan(5);

  it("are so many also where the increase of them is more than whole", () => {
    expect(verdictOf(5.0395, five)).toBe("healthy");
    expect(verdictOf(5.96, five)).toBe("unhealthy");
  });

  it("are said as the number that they are", () => {
    expect(healthyText(five, "count")).toBe("at most 5");
    expect(unhealthyText(five, "count")).toBe("more than 5");
    expect(healthyText(noMoreThan(20), "count")).toBe("at most 20");
    expect(healthyText(noMoreThan(0), "count")).toBe("none");
  });
});

it("bounds of shares are said as they are", () => {
  expect(healthyText({ most: 0.5 }, "share")).toBe("at most 50%");
});
