import { expect, it } from "vitest";
import * as entry from "./index.ts";

it("the public entry exports exactly this", () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "DEFAULT_FLUSH_INTERVAL_MS",
      "MIN_FLUSH_INTERVAL_MS",
      "browserHost",
      "start",
    ]
  `);
});
