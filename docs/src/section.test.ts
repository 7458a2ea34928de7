import { describe, expect, it } from "vitest";
import { replaceSection } from "./section.ts";
import { table } from "./table.ts";

const PAGE = "a\n<!-- generated: x -->\nold\n<!-- /generated -->\nb\n";

describe("replaceSection", () => {
  it("replaces what stands between the marks and nothing else", () => {
    expect(replaceSection(PAGE, "x", "new\n")).toBe(
      "a\n<!-- generated: x -->\nnew\n<!-- /generated -->\nb\n",
    );
  });

  it("gives the same page when nothing changed", () => {
    expect(replaceSection(PAGE, "x", "old")).toBe(PAGE);
  });

  it.each(["y", "old"])("fails when there is no section %s", (name) => {
    expect(() => replaceSection(PAGE, name, "new")).toThrow(`"<!-- generated: ${name} -->"`);
  });

  it("fails when there are two", () => {
    expect(() => replaceSection(PAGE + PAGE, "x", "new")).toThrow("needs one section");
  });
});

describe("table", () => {
  it("escapes pipes, which would begin a new cell", () => {
    expect(table(["a"], [["x|y"]])).toBe("| a |\n|---|\n| x\\|y |");
  });
});
