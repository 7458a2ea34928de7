import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { SERVER_CLOSES, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { line } from "../testing/exposition.test-support.ts";
import { TEST_APP } from "../testing/instrumented.test-support.ts";

const SERVER = fileURLToPath(new URL("../testing/throwing-listeners.mjs", import.meta.url));

const EVENTS = [
  { event: "close", peer: "closes", code: "1000", reason: "peer" },
  { event: "message", peer: "talks and vanishes", code: "1006", reason: "lost" },
  { event: "error", peer: "breaks the protocol", code: "1009", reason: "protocol_error" },
] as const;

const CASES = EVENTS.flatMap((row) =>
  (["before", "after", "prepended"] as const).map((place) => ({ ...row, place })),
);

describe("in a server that survives what its listeners throw", () => {
  it.each(CASES)(
    "a $event listener that throws, registered $place, leaves no connection behind",
    async ({ event, peer, place, code, reason }) => {
      const { stdout } = await promisify(execFile)(process.execPath, [SERVER, event, place, peer]);
      expect(stdout).toContain(
        `${line(SERVER_CONNECTIONS_ACTIVE.name, { app: TEST_APP, route: "/ws" })} 0\n`,
      );
      const closes = stdout
        .split("\n")
        .filter((text) => text.startsWith(`${SERVER_CLOSES.name}{`) && !text.endsWith(" 0"));
      expect(closes).toEqual([`${line(SERVER_CLOSES.name, { app: TEST_APP, code, reason })} 1`]);
    },
  );
});
