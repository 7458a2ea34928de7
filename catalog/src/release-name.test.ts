import { expect, it } from "vitest";
import { isReleaseName } from "./release-name.ts";

it.each(["2.4.1", "chat@2.4.1+build.7", "2026-11-25T10:00Z", "web/42", "0d1f", "x".repeat(64)])(
  "%s can be a release",
  (name) => {
    expect(isReleaseName(name)).toBe(true);
  },
);

it.each(["", "other", "x".repeat(65), ".1", "a b", 'a"b', "a\nb", "ä", 7, undefined])("%j cannot", (name) => {
  expect(isReleaseName(name)).toBe(false);
});
