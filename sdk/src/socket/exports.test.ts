import { expect, it } from "vitest";
import * as entry from "./index.ts";

it("the public entry exports exactly this", () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "ADVICE_HOLDS_MS",
      "AUTHENTICATION_FAILED",
      "DOUBTFUL_MS",
      "HEARTBEAT_DEFAULTS",
      "InvalidSocketOptionError",
      "JITTER",
      "MAX_ADVICE_MS",
      "MAX_SEEN",
      "NEVER_OPENED_LIMIT",
      "OVERLOAD_DELAY_MS",
      "PROBE_INTERVAL_MS",
      "REFRESH_AGAIN_MS",
      "SOCKET_DEFAULTS",
      "chatSocket",
    ]
  `);
});
