import { describe, expect, it } from "vitest";
import { healthyText, unhealthyText } from "../answer-text.ts";
import { verdictOf } from "../verdict.ts";
import { upTo } from "./up-to.ts";

describe("upTo", () => {
  it("takes so many events as healthy, with what increase() makes of them, and one more not", () => {
    expect(verdictOf(5.0395, upTo(5))).toBe("healthy");
    expect(verdictOf(6, upTo(5))).toBe("unhealthy");
  });

  it("reads as the number that it is of", () => {
    expect(healthyText(upTo(20), "count")).toBe("at most 20");
    expect(unhealthyText(upTo(20), "count")).toBe("more than 20");
  });
});
