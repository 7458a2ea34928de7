import { expect, it } from "vitest";
import { firstParts } from "./first-parts.ts";

it.each(["", " ", "a", "a b", " a", "a ", "a  b c", "a b c d e", "     "])(
  "cuts %j as split with a limit does",
  (text) => {
    for (const most of [0, 1, 3, 9]) expect(firstParts(text, " ", most)).toEqual(text.split(" ", most));
  },
);
