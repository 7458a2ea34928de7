import { describe, expect, it } from "vitest";
import { filledIn, seriesName } from "./legend.ts";

const LABELS = { __name__: "closes_total", code: "4401", app: "chat" };

describe("a series' name", () => {
  it("is its legend with labels filled in, whatever the spaces", () => {
    expect(seriesName(LABELS, "{{code}} of {{ app }}", "x")).toBe("4401 of chat");
  });

  it("leaves out what the series has no label for", () => {
    expect(filledIn("{{code}}{{release}}", LABELS)).toBe("4401");
  });

  it("is the series as PromQL writes it when there is no legend", () => {
    expect(seriesName(LABELS, undefined, "x")).toBe('closes_total{code="4401", app="chat"}');
    expect(seriesName({ __name__: "up" }, "", "x")).toBe("up");
  });

  it("is the expression when it has no label at all", () => {
    expect(seriesName({}, "", "sum(up)")).toBe("sum(up)");
    expect(seriesName({}, "__auto", "sum(up)")).toBe("sum(up)");
  });

  it("is left to Grafana when it shall be found", () => {
    expect(seriesName(LABELS, "__auto", "x")).toBeUndefined();
  });
});
