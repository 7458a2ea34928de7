import { expect, it } from "vitest";
import * as entry from "./index.ts";

it("the entry exports exactly this", () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "DEFAULT_MARGIN_MS",
      "DEFAULT_TIMEOUT_MS",
      "SockscopeTokenError",
      "isTokenError",
      "readTokenAnswer",
      "tokenStore",
    ]
  `);
});
