import { expect, it } from "vitest";
import * as entry from "./index.ts";

it("the public entry exports exactly this", () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "InvalidAppError",
      "InvalidRoutesError",
      "UnknownCloseReasonError",
      "hasCredentials",
      "instrumentServer",
    ]
  `);
});
