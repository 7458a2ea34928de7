import { CLOSE_REASON, createCatalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { serverCutsIn } from "./what-counts.ts";

describe("cuts as the server knows them", () => {
  it("are these reasons, and no other: whoever changes one says so here", () => {
    const cuts: readonly string[] = [serverCutsIn(DEFAULT_CATALOG).reason].flat().map(String);
    expect(CLOSE_REASON.map((reason) => [reason, cuts.includes(reason)])).toEqual([
      ["authentication_required", false],
      ["authentication_expired", false],
      ["forbidden", false],
      ["unsupported_data", false],
      ["internal_error", true],
      ["restart", false],
      ["overload", true],
      ["heartbeat_timeout", true],
      ["slow_consumer", true],
      // For what the client did, on purpose, and a drain.
      ["rate_limited", false],
      ["normal", false],
      ["going_away", false],
      ["peer", false],
      ["lost", true],
      ["protocol_error", false],
      ["other", true],
    ]);
  });

  it("have a deployment's own reasons where browsers reconnect after them", () => {
    const catalog = createCatalog({
      closeCodes: {
        "4001": { name: "signed in elsewhere", meaning: "Another device.", userSees: "error" },
        "4008": { name: "moved", meaning: "Another node.", userSees: "reconnecting" },
      },
      closeReasons: { signed_in_elsewhere: 4001, moved: 4008 },
    });
    expect(serverCutsIn(catalog).reason).toContain("moved");
    expect(serverCutsIn(catalog).reason).not.toContain("signed_in_elsewhere");
  });
});
