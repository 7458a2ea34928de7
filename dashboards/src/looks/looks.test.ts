import { expect, it } from "vitest";
import * as collector from "./collector-looks.ts";
import * as message from "./message-looks.ts";
import * as reconnect from "./reconnect-looks.ts";

it.each(Object.entries({ ...reconnect, ...message, ...collector }))(
  "no two of %s are of one color",
  (_, looks) => {
    expect(new Set(looks.map(({ color }) => color)).size).toBe(looks.length);
  },
);
