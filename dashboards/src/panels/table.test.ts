import { describe, expect, it } from "vitest";
import { builtPanels } from "../testing/built-panels.test-support.ts";

/** What overrides a column's properties, by the property's id. */
function column(title: string, name: string): Record<string, unknown> {
  const built = builtPanels().find((one) => one.title === title) ?? expect.fail(title);
  const { properties } =
    built.fieldConfig?.overrides.find(({ matcher }) => matcher.options === name) ?? expect.fail(name);
  return Object.fromEntries(properties.map(({ id, value }) => [id, value]));
}

describe.each(["Shares that are promised", "What must hardly happen"])("the room left: %s", (title) => {
  const { mappings, thresholds } = column(title, "Room left");

  it("is red beyond the line, orange where little is left, and green above", () => {
    expect(thresholds).toMatchObject({
      steps: [
        { value: null, color: "red" },
        { value: 0, color: "orange" },
        { value: 0.25, color: "green" },
      ],
    });
  });

  it("has no figure from all that is allowed beyond the line on down, and one above", () => {
    expect(mappings).toEqual([
      expect.objectContaining({ type: "special" }),
      { type: "range", options: { from: null, to: -1, result: { text: "< -100 %", index: 1 } } },
    ]);
  });
});
