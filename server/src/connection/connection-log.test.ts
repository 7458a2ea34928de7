import { Writable } from "node:stream";
import { SERVER_CLOSES } from "@sockscope/catalog";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { line, movedSeries } from "../testing/exposition.test-support.ts";
import { instrumented, TEST_APP } from "../testing/instrumented.test-support.ts";

interface Written {
  readonly level: number;
  readonly event: string;
  readonly [field: string]: unknown;
}

/** A pino, and the objects that it wrote, one a line. */
function realPino() {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      lines.push(...String(chunk).split("\n").slice(0, -1));
      done();
    },
  });
  return { log: pino({}, stream), written: () => lines.map((text): Written => JSON.parse(text)) };
}

const { info: INFO, warn: WARN } = pino.levels.values;

describe("a pino as the log", () => {
  it("writes one object a line, with all that there is to know", () => {
    const { log, written } = realPino();
    const { open, clock } = instrumented({ log });
    const { socket, connection } = open();
    connection.setThread('thread "1"\n');
    clock.ms += 1500;
    connection.close("authentication_expired");
    socket.finish(4401);
    const identity = { route: "/ws", correlation_id: connection.correlationId };
    expect(written()).toMatchObject([
      { level: INFO, event: "connect", ...identity, auth_method: "cookie" },
      {
        level: INFO,
        event: "close",
        ...identity,
        thread_id: 'thread "1"\n',
        code: 4401,
        reason: "authentication_expired",
        duration_seconds: 1.5,
      },
    ]);
    expect(written()[0]).not.toHaveProperty("thread_id");
  });

  it.each([
    ["internal_error", WARN],
    ["overload", WARN],
    ["slow_consumer", WARN],
    ["restart", INFO],
    ["heartbeat_timeout", INFO],
    ["normal", INFO],
  ])("gets a close for %s at level %d", (reason, level) => {
    const { log, written } = realPino();
    const { socket, connection } = instrumented({ log }).open();
    connection.close(reason);
    socket.finish(1006);
    expect(written().at(-1)).toMatchObject({ level, event: "close", reason });
  });

  it("gets an error at warn, and the close that follows with what it was", () => {
    const { log, written } = realPino();
    const { socket } = instrumented({ log }).open();
    socket.emit(
      "error",
      Object.assign(new RangeError("Max payload"), { code: "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH" }),
    );
    socket.finish(1006);
    expect(written().slice(1)).toMatchObject([
      { level: WARN, event: "error", message: "Max payload" },
      { level: INFO, event: "close", code: 1009, reason: "protocol_error" },
    ]);
  });

  it("gets no text that a peer chose", () => {
    const { log, written } = realPino();
    const { socket } = instrumented({ log }).open();
    socket.receive('{"type":"secret"}');
    socket.emit("close", 4999, Buffer.from("secret"));
    expect(JSON.stringify(written())).not.toContain("secret");
  });
});

describe("a log that fails", () => {
  const failing = {
    throws: () => {
      throw new Error("disk full");
    },
    rejects: async () => {
      throw new Error("disk full");
    },
    "has a stream that takes no more": pino({}, new Writable({ highWaterMark: 1, write: () => {} })),
    "has a stream that is destroyed": pino({}, destroyed()),
  };

  it.each(Object.entries(failing))("disturbs nothing when it %s", async (_, log) => {
    const { open, registry } = instrumented({ log });
    const { socket } = open();
    const moved = await movedSeries(registry, () => {
      for (let n = 0; n < 100; n += 1) socket.emit("error", new Error("x"));
      socket.finish(1000);
    });
    expect(moved).toHaveProperty(
      [line(SERVER_CLOSES.name, { app: TEST_APP, code: "1000", reason: "peer" })],
      1,
    );
  });

  it("that rejects leaves nobody an unhandled rejection", async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    instrumented({ log: failing.rejects }).open();
    // Rejections are told once all microtasks are over.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", onUnhandled);
    expect(unhandled).toEqual([]);
  });
});

function destroyed(): Writable {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  stream.on("error", () => {});
  return stream.destroy();
}
