import { CLIENT_METRICS, COLLECTOR_METRICS, SERVER_METRICS } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { filesUsing } from "./symbol-uses.ts";

describe("the catalog's mark of what nothing records", () => {
  it.each([
    ["client", CLIENT_METRICS, ["sdk", "collector"]],
    ["server", SERVER_METRICS, ["server"]],
    ["collector", COLLECTOR_METRICS, ["collector"]],
  ] as const)("agrees with the source for %s metrics", (_, metrics, workspaces) => {
    const unused = metrics.filter(({ symbol }) => filesUsing(symbol, workspaces).length === 0);
    const marked = metrics.filter(({ declaredOnly }) => declaredOnly === true);
    expect(marked.map(({ symbol }) => symbol)).toEqual(unused.map(({ symbol }) => symbol));
  });
});
