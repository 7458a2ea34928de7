import { describe, expect, it } from "vitest";
import * as protocol from "./protocol.ts";
import * as runtime from "./runtime.ts";

describe("public entries", () => {
  it("/runtime exports what a browser needs and nothing more", () => {
    expect(Object.keys(runtime).sort()).toMatchInlineSnapshot(`
      [
        "CLIENT_FRAME_EVENTS",
        "CLOSES",
        "CONNECTION_DURATION",
        "CONNECT_ATTEMPTS",
        "CONNECT_DURATION",
        "DOWNTIME",
        "DUPLICATES_DROPPED",
        "DUPLICATES_RENDERED",
        "FRAMES_RECEIVED",
        "FRAMES_SENT",
        "HEAP_GROWTH",
        "MESSAGE_LATENCY",
        "PAGE_RELOADS",
        "RECONNECT_DELAY",
        "RECONNECT_EPISODES",
        "RECONNECT_EPISODE_ATTEMPTS",
        "REPLY_LATENCY",
        "RTT",
        "SERVER_FRAME_EVENTS",
        "SESSIONS_ACTIVE",
        "STALE_FRAMES_DROPPED",
        "TELEMETRY_LOST",
        "TOKEN_REFRESHES",
        "closeCodeLabel",
        "closePolicy",
        "frameEvent",
      ]
    `);
  });

  it("/protocol exports the wire", () => {
    expect(Object.keys(protocol).sort()).toMatchInlineSnapshot(`
      [
        "DEDUPLICATION_WINDOW",
        "KEEP_ALIVE_MS",
        "MAX_BATCH_AGE_MS",
        "MAX_BATCH_BYTES",
        "MAX_DELTA",
        "PROTOCOL_VERSION",
        "REFUSALS",
        "SESSION_PATTERN",
        "batchPath",
      ]
    `);
  });
});
