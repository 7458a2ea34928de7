import { CLOSE_CODE_MEANINGS } from "@sockscope/catalog";
import { expect, it } from "vitest";
import configuration from "../../sockscope.config.json" with { type: "json" };
import { nameOf } from "./close-codes.ts";

it("calls every code of its own as the configuration does, and all others as the catalog does", () => {
  for (const [code, { name }] of Object.entries(configuration.closeCodes))
    expect(nameOf(Number(code))).toBe(name);
  expect(nameOf(1006)).toBe(CLOSE_CODE_MEANINGS["1006"].name);
  expect(nameOf(4999)).toBe(CLOSE_CODE_MEANINGS["4xxx"].name);
});
