import {
  CHAT_ERROR_MEANINGS,
  CLIENT_FRAME_SCHEMAS,
  SERVER_CLOSE_CODES,
  SERVER_FRAME_SCHEMAS,
} from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { contractPage } from "./contract-page.ts";

const PAGE = contractPage();

describe("docs/API_CONTRACTS.md", () => {
  it("has a section for every frame", () => {
    const titles = [...PAGE.matchAll(/^### `(\w+)`$/gm)].map(([, title]) => title);
    expect(titles).toEqual([...Object.keys(CLIENT_FRAME_SCHEMAS), ...Object.keys(SERVER_FRAME_SCHEMAS)]);
  });

  it("has a row for every close reason and every error code", () => {
    const rows = [...PAGE.matchAll(/^\| `([\w.[\]]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(
      expect.arrayContaining([...Object.keys(SERVER_CLOSE_CODES), ...Object.keys(CHAT_ERROR_MEANINGS)]),
    );
  });

  it("says of a field in a list what it is, where it stands, and whether it has to be there", () => {
    expect(PAGE).toContain('| `recent_turns[].role` | `"user"`, `"assistant"` | yes | Who wrote it. |');
    expect(PAGE).toMatch(/^\| `pending_replies` \| array of objects \| no \|/m);
    expect(PAGE).toMatch(/^\| `payload\.text` \| string, 1 to 4000 characters, /m);
  });

  it("has nothing in it that nobody wrote", () => {
    expect(PAGE).not.toMatch(/undefined|NaN|\[object/);
  });
});
