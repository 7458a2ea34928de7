import { expect, it } from "vitest";
import { builtPanels } from "../testing/built-panels.test-support.ts";

it("a legend of which few names matter at a time begins with the largest", () => {
  const [tabled = expect.fail(), ...others] = builtPanels().flatMap(({ options }) => {
    const { legend } = (options ?? {}) as { legend?: { displayMode: string } };
    return legend?.displayMode === "table" ? [legend] : [];
  });
  for (const legend of [tabled, ...others])
    expect(legend).toMatchObject({ calcs: ["max"], sortBy: "Max", sortDesc: true });
});
