import { describe, expect, it } from "vitest";
import { piecesOf, textSoFar } from "./pieces.ts";

const LONG =
  "One two three four five six seven eight nine ten.  And then some more words, so that it is long enough to be streamed.";

describe("piecesOf", () => {
  it("has none of a short answer", () => {
    expect(piecesOf("Yes.")).toEqual([]);
  });

  it("is the whole answer when it is put together", () => {
    expect(piecesOf(LONG).join("")).toBe(LONG);
    expect(piecesOf(LONG).length).toBeGreaterThan(3);
  });
});

describe("textSoFar", () => {
  it("is nothing before the first piece, and the whole answer after the last", () => {
    expect(textSoFar(LONG, 0)).toBe("");
    expect(textSoFar(LONG, piecesOf(LONG).length)).toBe(LONG);
  });
});
