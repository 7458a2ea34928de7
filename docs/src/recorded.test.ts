import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { filesUsing } from "./symbol-uses.ts";

describe("the catalog's mark of what nothing records", () => {
  it.each([
    ["client", DEFAULT_CATALOG.clientMetrics, ["sdk", "collector"]],
    ["server", DEFAULT_CATALOG.serverMetrics, ["server"]],
    ["collector", DEFAULT_CATALOG.collectorMetrics, ["collector"]],
  ] as const)("agrees with the source for %s metrics", (_, metrics, workspaces) => {
    const unused = metrics.filter(({ symbol }) => filesUsing(symbol, workspaces).length === 0);
    const marked = metrics.filter(({ declaredOnly }) => declaredOnly === true);
    expect(marked.map(({ symbol }) => symbol)).toEqual(unused.map(({ symbol }) => symbol));
  });
});
