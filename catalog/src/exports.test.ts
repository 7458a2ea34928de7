import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import * as protocol from "./protocol.ts";
import * as runtime from "./runtime.ts";

describe("public entries", () => {
  it("/runtime exports what a browser needs and nothing more", () => {
    expect(Object.keys(runtime).sort()).toMatchInlineSnapshot(`
      [
        "AFFECTED_AGAIN_MS",
        "AFFECTED_SESSIONS",
        "AFTERMATH_MS",
        "CLIENT_FRAME_EVENTS",
        "CLOSES",
        "CLOSE_CONSEQUENCES",
        "CONNECTION_DURATION",
        "CONNECT_ATTEMPTS",
        "CONNECT_DURATION",
        "CONNECT_TIMEOUT_MS",
        "CONNECT_TRIGGER",
        "DOWNTIME",
        "DUPLICATES_DROPPED",
        "DUPLICATES_RENDERED",
        "FRAMES_RECEIVED",
        "FRAMES_SENT",
        "HANDSHAKE_FAILURES",
        "HEAP_GROWTH",
        "INBOUND_SILENCE",
        "LATENCY_EXCLUDED",
        "MESSAGE_LATENCY",
        "NORMAL_CLOSE",
        "NO_CLOSE_FRAME",
        "NO_STATUS",
        "PAGE_RELOADS",
        "PATIENCE_MS",
        "RECONNECT_DELAY",
        "RECONNECT_EPISODES",
        "RECONNECT_EPISODES_STARTED",
        "RECONNECT_EPISODE_ATTEMPTS",
        "REPLY_LATENCY",
        "RTT",
        "SERVER_CLOSE_CODES",
        "SERVER_FRAME_EVENTS",
        "SESSIONS_ACTIVE",
        "SESSIONS_STARTED",
        "SESSION_AGE",
        "SILENT_GIVE_UP_MS",
        "STABLE_UPTIME_MS",
        "STALE_FRAMES_DROPPED",
        "TELEMETRY_LOST",
        "TIME",
        "TOKEN_REFRESHES",
        "UNANSWERED_CLOSE_MS",
        "WAKE_AFTERMATH_MS",
        "WITHOUT_CLOSE_FRAME",
        "bucketCount",
        "closeCodeLabel",
        "closeConsequence",
        "closePolicy",
        "frameEvent",
        "frameOpening",
      ]
    `);
  });

  it("/runtime reaches of the frames how they are named, and no schema", async () => {
    const entry = fileURLToPath(new URL("runtime.ts", import.meta.url));
    const { metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      format: "esm",
      write: false,
      metafile: true,
    });
    const reached = Object.keys(metafile.inputs).filter((file) => file.includes("/frames/"));
    expect(reached.map((file) => file.split("/").at(-1)).sort()).toEqual([
      "frame-events.ts",
      "frame-name.ts",
    ]);
  });

  it("/protocol exports the wire", () => {
    expect(Object.keys(protocol).sort()).toMatchInlineSnapshot(`
      [
        "DEDUPLICATION_WINDOW",
        "KEEP_ALIVE_MS",
        "MAX_BATCH_AGE_MS",
        "MAX_BATCH_BYTES",
        "MAX_BATCH_LINES",
        "MAX_DELTA",
        "PROTOCOL_VERSION",
        "REFUSALS",
        "SESSION_PATTERN",
        "batchPath",
        "batchText",
        "counterLine",
        "histogramLine",
        "seriesText",
        "wireName",
      ]
    `);
  });
});
