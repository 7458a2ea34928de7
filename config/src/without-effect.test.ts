import { expect, it } from "vitest";
import { withoutEffect } from "./without-effect.ts";

it("knows a number of a target, should nothing read it", () => {
  expect(withoutEffect(["targets", "message_delivery"], "share")).toBe(
    "nothing that is generated reads this number; leave it out",
  );
});

it("says nothing of what the catalog does not know either", () => {
  expect(withoutEffect(["targets", "message_delivery"], "shore")).toBeUndefined();
  expect(withoutEffect(["links"], "share")).toBeUndefined();
});
