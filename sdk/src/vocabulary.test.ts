import {
  AFFECTED_SESSIONS,
  CLOSES,
  CONNECT_ATTEMPTS,
  FRAMES_RECEIVED,
  FRAMES_SENT,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { createVocabulary } from "./vocabulary.ts";

describe("a page's vocabulary", () => {
  const { own, labelOf, consequenceOf } = createVocabulary({
    frames: { received: ["order_filled"], sent: ["place_order"] },
    closeCodes: { 4001: "error" },
  });

  it("knows its own values of the metrics that have them, and of no other", () => {
    expect(
      [FRAMES_RECEIVED, FRAMES_SENT, CLOSES, AFFECTED_SESSIONS, CONNECT_ATTEMPTS].map((metric) =>
        own.get(metric),
      ),
    ).toEqual([["order_filled"], ["place_order"], ["4001"], ["4001"], undefined]);
  });

  it.each([
    [4001, "4001", "error"],
    [4002, "4xxx", "reconnecting"],
    [4401, "4401", "authentication failed"],
    [1000, "1000", "nothing"],
  ])("calls %d %s, after which the user sees %s", (code, label, consequence) => {
    expect(labelOf(code)).toBe(label);
    expect(consequenceOf(labelOf(code))).toBe(consequence);
  });

  it("is the product's where the page has none of its own", () => {
    const { labelOf: label, own: none } = createVocabulary({});
    expect(label(4001)).toBe("4xxx");
    expect([...none.values()].flatMap((values) => values ?? [])).toEqual([]);
  });
});
