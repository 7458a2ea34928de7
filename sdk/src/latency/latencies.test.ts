import { LATENCY_EXCLUDED, MESSAGE_LATENCY, REPLY_LATENCY, RTT } from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { createPageClock } from "../page/page-clock.ts";
import { createRecorder } from "../record/recorder.ts";
import { FakeHost } from "../testing/fake-host.test-support.ts";
import { Totals } from "../testing/recorded.test-support.ts";
import { takenLines } from "../testing/test-page.test-support.ts";
import { createLatencies } from "./latencies.ts";

const HOUR_MS = 3_600_000;

function setUp() {
  const host = new FakeHost();
  const clock = createPageClock(host);
  const recorder = createRecorder();
  const latencies = createLatencies(recorder, clock, host);
  const totals = new Totals();
  const pass = (ms: number) => {
    host.clock += ms;
    host.wall += ms;
    clock.tick();
  };
  const ping = (id: unknown) => latencies.sent("ping", JSON.stringify({ type: "ping", id }));
  const pong = (id: unknown, server_time: unknown = host.wall) =>
    latencies.received("pong", JSON.stringify({ type: "pong", id, server_time }));
  /** The clocks' difference is known: there is none. */
  const roundTrip = (rttMs = 20) => {
    ping(-1);
    pass(rttMs / 2);
    const told = host.wall;
    pass(rttMs / 2);
    pong(-1, told);
  };
  const write = (message_id: unknown) =>
    latencies.sent(
      "user_message",
      JSON.stringify({
        type: "chat_message",
        event: "user_message",
        payload: { text: "x" },
        meta: { message_id },
      }),
    );
  const message = (meta: object, text = "x") =>
    latencies.received(
      "assistant_message",
      JSON.stringify({ type: "chat_message", event: "assistant_message", payload: { text }, meta }),
    );
  const piece = (meta: object) =>
    latencies.received(
      "assistant_delta",
      JSON.stringify({ type: "chat_message", event: "assistant_delta", payload: { text: "x" }, meta }),
    );
  return {
    host,
    latencies,
    piece,
    pass,
    ping,
    pong,
    roundTrip,
    write,
    message,
    shown: (metric: typeof RTT | typeof LATENCY_EXCLUDED) => {
      totals.add(takenLines(recorder));
      return totals.shown(metric);
    },
  };
}

describe("a message that the server tells again", () => {
  it("is measured once, and another one, and one without an id, each time", () => {
    const { message, shown, host } = setUp();
    for (const queued_message_id of ["q1", "q1", "q2", undefined, undefined])
      message({ queued_message_id, sent_at: host.wall });
    expect(shown(LATENCY_EXCLUDED)).toEqual(["offset 4"]);
  });

  it("is known as one of the last 200, and one that came again for longer", () => {
    const { message, shown, host } = setUp();
    const tell = (id: number): void => message({ queued_message_id: `q${id}`, sent_at: host.wall });
    for (let id = 0; id < 200; id++) tell(id);
    tell(0);
    expect(shown(LATENCY_EXCLUDED)).toEqual(["offset 200"]);
    tell(200);
    tell(0);
    expect(shown(LATENCY_EXCLUDED)).toEqual(["offset 201"]);
    tell(1);
    expect(shown(LATENCY_EXCLUDED)).toEqual(["offset 202"]);
  });

  it("answers what waits for it all the same", () => {
    const { message, write, pass, shown } = setUp();
    message({ queued_message_id: "q1", in_reply_to: "m0" });
    write("m1");
    pass(100);
    message({ queued_message_id: "q1", in_reply_to: "m1" });
    expect(shown(REPLY_LATENCY as never)).toHaveLength(1);
  });
});

describe("a round trip", () => {
  it("is observed from a ping to the pong with its id", () => {
    const { ping, pong, pass, shown } = setUp();
    ping(1);
    pass(30);
    ping(2);
    pass(10);
    pong(1);
    pong(2);
    expect(shown(RTT)).toEqual(["2 0.05"]);
  });

  it("is observed once, and not of a pong that nobody asked for", () => {
    const { ping, pong, pass, shown } = setUp();
    pong(7);
    ping(1);
    pass(30);
    pong(1);
    pong(1);
    expect(shown(RTT)).toEqual(["1 0.03"]);
  });

  it("is observed of pings whose ids are texts", () => {
    const { ping, pong, pass, shown } = setUp();
    ping("a b, c}");
    pass(30);
    ping("a b, d}");
    pass(10);
    pong("a b, c}");
    expect(shown(RTT)).toEqual(["1 0.04"]);
  });

  it("is not observed of a ping without an id, as the pong may be another's", () => {
    const { ping, pong, pass, shown } = setUp();
    for (const id of [undefined, null]) {
      ping(id);
      pass(30);
      pong(id);
    }
    expect(shown(RTT)).toEqual([]);
  });

  it.each(["stands still", "goes on"] as const)(
    "is not observed when the machine slept in it and the page's clock %s",
    (monotonicClock) => {
      const { host, ping, pong, shown } = setUp();
      ping(1);
      host.wall += HOUR_MS;
      if (monotonicClock === "goes on") host.clock += HOUR_MS;
      pong(1);
      expect(shown(RTT)).toEqual([]);
    },
  );

  it("forgets the oldest pings of a server that never answers", () => {
    const { ping, pong, pass, shown } = setUp();
    for (let id = 0; id < 51; id++) ping(id);
    pass(30);
    pong(0);
    expect(shown(RTT)).toEqual([]);
    pong(1);
    pong(50);
    expect(shown(RTT)).toEqual(["2 0.06"]);
  });
});

describe("a message's latency", () => {
  it("is observed from the server's sending to its arrival", () => {
    const { host, roundTrip, message, pass, shown } = setUp();
    roundTrip();
    const sent_at = host.wall;
    pass(120);
    message({ sent_at });
    expect(shown(MESSAGE_LATENCY)).toEqual(["1 0.12"]);
    expect(shown(LATENCY_EXCLUDED)).toEqual([]);
  });

  it("is corrected by how far the page's clock is off", () => {
    const { host, ping, pong, message, pass, shown } = setUp();
    const OFF_MS = 3_600_000;
    ping(1);
    pass(20);
    pong(1, host.wall - 10 + OFF_MS);
    const sent_at = host.wall + OFF_MS;
    pass(120);
    message({ sent_at });
    expect(shown(MESSAGE_LATENCY)).toEqual(["1 0.12"]);
  });

  it("is not observed while nothing is known of the server's clock", () => {
    const { host, message, shown } = setUp();
    message({ sent_at: host.wall });
    expect(shown(MESSAGE_LATENCY)).toEqual([]);
    expect(shown(LATENCY_EXCLUDED)).toEqual(["offset 1"]);
  });

  it.each([
    [100, [], ["1 0.05"]],
    [102, ["offset 1"], []],
  ])("with a best round trip of %i ms is excluded as %j", (rttMs, excluded, observed) => {
    const { host, roundTrip, message, pass, shown } = setUp();
    roundTrip(rttMs);
    const sent_at = host.wall;
    pass(50);
    message({ sent_at });
    expect(shown(LATENCY_EXCLUDED)).toEqual(excluded);
    expect(shown(MESSAGE_LATENCY)).toEqual(observed);
  });

  it("is excluded where it is impossible, and never clamped", () => {
    const { host, roundTrip, message, shown } = setUp();
    roundTrip();
    message({ sent_at: host.wall + 1 });
    message({ sent_at: host.wall });
    expect(shown(LATENCY_EXCLUDED)).toEqual(["negative 1"]);
    expect(shown(MESSAGE_LATENCY)).toEqual(["1 0"]);
  });

  it("is excluded in a hidden page, whatever else speaks against it", () => {
    const { host, roundTrip, message, shown } = setUp();
    host.visible = false;
    message({ sent_at: host.wall });
    roundTrip();
    message({ sent_at: host.wall + HOUR_MS });
    host.wall += HOUR_MS;
    message({ sent_at: host.wall });
    expect(shown(LATENCY_EXCLUDED)).toEqual(["hidden 3"]);
  });

  it.each(["stands still", "goes on"] as const)(
    "is excluded after a sleep in which the page's clock %s, until the next round trip",
    (monotonicClock) => {
      const { host, roundTrip, message, pass, shown } = setUp();
      roundTrip();
      host.wall += HOUR_MS;
      if (monotonicClock === "goes on") host.clock += HOUR_MS;
      message({ sent_at: host.wall });
      expect(shown(LATENCY_EXCLUDED)).toEqual(["asleep 1"]);
      pass(1);
      roundTrip();
      message({ sent_at: host.wall });
      expect(shown(LATENCY_EXCLUDED)).toEqual(["asleep 1"]);
      expect(shown(MESSAGE_LATENCY)).toEqual(["1 0"]);
    },
  );

  it.each([undefined, null, "soon", 0, -5, {}])("is no matter of a message sent at %j", (sent_at) => {
    const { roundTrip, message, shown } = setUp();
    roundTrip();
    message({ sent_at });
    expect(shown(LATENCY_EXCLUDED)).toEqual([]);
    expect(shown(MESSAGE_LATENCY)).toEqual([]);
  });

  it("is excluded, and harms nothing, where a server's time is out of this world", () => {
    const { latencies, ping, roundTrip, message, host, shown } = setUp();
    ping(1);
    latencies.received("pong", '{"type":"pong","id":1,"server_time":1e999}');
    message({ sent_at: host.wall });
    expect(shown(LATENCY_EXCLUDED)).toEqual(["offset 1"]);
    roundTrip(0);
    latencies.received("assistant_message", '{"meta":{"sent_at":1e999}}');
    expect(shown(LATENCY_EXCLUDED)).toEqual(["negative 1", "offset 1"]);
  });

  it("is read out of a frame with spaces in it, as other servers write them", () => {
    const { host, roundTrip, latencies, pass, shown } = setUp();
    roundTrip();
    const sent_at = host.wall;
    pass(120);
    latencies.received("assistant_message", `{"meta": {"in_reply_to": "m", "sent_at": ${sent_at}.5}}`);
    expect(shown(MESSAGE_LATENCY)).toEqual(["1 0.1195"]);
  });

  it("is read out of the last of several keys: what describes a frame stands behind what it carries", () => {
    const { host, roundTrip, latencies, shown } = setUp();
    roundTrip();
    const frame = { payload: { quoted: { sent_at: 1 } }, meta: { sent_at: host.wall } };
    latencies.received("assistant_message", JSON.stringify(frame));
    expect(shown(MESSAGE_LATENCY)).toEqual(["1 0"]);
  });

  it("is read out of a frame of ten million characters", () => {
    const { host, roundTrip, message, shown } = setUp();
    roundTrip();
    message({ sent_at: host.wall }, '"sent_at":1,'.repeat(800_000));
    expect(shown(MESSAGE_LATENCY)).toEqual(["1 0"]);
  });

  it("is no matter of frames of another kind, such as the pieces of an answer", () => {
    const { host, latencies, piece, roundTrip, shown } = setUp();
    roundTrip();
    piece({ in_reply_to: "m-1", index: 0, sent_at: host.wall });
    latencies.received("typing", JSON.stringify({ type: "chat_status", sent_at: host.wall }));
    expect(shown(MESSAGE_LATENCY)).toEqual([]);
  });
});

describe("a reply's latency", () => {
  it("is observed from sending a user's message to the first answer that names it", () => {
    const { write, message, pass, shown } = setUp();
    write("m-1");
    pass(500);
    write("m-2");
    pass(1_500);
    message({ in_reply_to: "m-1" });
    pass(500);
    message({ in_reply_to: "m-1" });
    message({ in_reply_to: "m-2" });
    expect(shown(REPLY_LATENCY)).toEqual(["2 4"]);
  });

  it("is observed at the first piece of a streamed answer, and not again at its others or its whole", () => {
    const { write, piece, message, pass, shown } = setUp();
    write("m-1");
    pass(500);
    piece({ in_reply_to: "m-1", index: 0 });
    pass(40_000);
    piece({ in_reply_to: "m-1", index: 1 });
    message({ in_reply_to: "m-1", queued_message_id: "q-1" });
    expect(shown(REPLY_LATENCY)).toEqual(["1 0.5"]);
  });

  it("is not observed at a piece of an answer to another message", () => {
    const { write, piece, pass, shown } = setUp();
    write("m-1");
    pass(500);
    piece({ in_reply_to: "m-2", index: 0 });
    expect(shown(REPLY_LATENCY)).toEqual([]);
  });

  it("has waited since the message was sent for the first time, and a ping since the last", () => {
    const { pass, ping, pong, write, message, shown } = setUp();
    write("m1");
    ping(1);
    pass(61_000);
    write("m1");
    ping(1);
    pass(500);
    message({ in_reply_to: "m1" });
    pong(1);
    expect(shown(REPLY_LATENCY)).toEqual(["1 61.5"]);
    expect(shown(RTT)).toEqual(["1 0.5"]);
  });

  it("is observed where the server's clock is not known, or the page hidden", () => {
    const { host, write, message, pass, shown } = setUp();
    host.visible = false;
    write("m-1");
    pass(500);
    message({ in_reply_to: "m-1", sent_at: host.wall });
    expect(shown(REPLY_LATENCY)).toEqual(["1 0.5"]);
  });

  it.each(["stands still", "goes on"] as const)(
    "is not observed when the machine slept meanwhile and the page's clock %s",
    (monotonicClock) => {
      const { host, write, message, shown } = setUp();
      write("m-1");
      host.wall += HOUR_MS;
      if (monotonicClock === "goes on") host.clock += HOUR_MS;
      message({ in_reply_to: "m-1" });
      expect(shown(REPLY_LATENCY)).toEqual([]);
    },
  );

  it.each([
    ["nothing", undefined, undefined],
    ["null", null, null],
    ["another message", "m-1", "m-2"],
    ["a message whose id begins alike", "thread 1, message 1", "thread 1, message 2"],
    ["a message whose id is longer than is read", `${"m".repeat(128)}1`, `${"m".repeat(128)}2`],
    ["a message whose id has escapes that are not read", 'a"b', 'a"c'],
    ["a message that has the id of a ping", -1, -1],
  ])("is not observed of an answer that names %s", (what, sent, named) => {
    const { write, ping, message, pass, shown } = setUp();
    if (what.includes("ping")) ping(sent);
    else write(sent);
    pass(500);
    message({ in_reply_to: named });
    expect(shown(REPLY_LATENCY)).toEqual([]);
  });

  it("is not misled by what a user or an assistant writes", () => {
    const { latencies, write, message, pass, shown } = setUp();
    write("m-1");
    pass(500);
    message({ in_reply_to: "m-9" }, '{"in_reply_to":"m-1"}');
    expect(shown(REPLY_LATENCY)).toEqual([]);
    const text = '"message_id":"m-7"';
    latencies.sent("user_message", JSON.stringify({ meta: { message_id: "m-8" }, payload: { text } }));
    pass(500);
    message({ in_reply_to: "m-7" });
    message({ in_reply_to: "m-8" });
    expect(shown(REPLY_LATENCY)).toEqual(["1 0.5"]);
  });

  it("is read out of a message of ten million characters", () => {
    const { write, message, pass, shown } = setUp();
    write("m-1");
    pass(500);
    message({ in_reply_to: "m-1" }, "x".repeat(10_000_000));
    expect(shown(REPLY_LATENCY)).toEqual(["1 0.5"]);
  });

  it.each([
    ["binary", new ArrayBuffer(8)],
    ["a blob", new Blob(["x"])],
    ["nothing", undefined],
    ["empty", ""],
    ["cut off", '{"meta":{"message_id":"m-'],
    ["cut off behind the key", '{"message_id":'],
  ])("is no matter of frames that are %s, whatever the application calls them", (_, frame) => {
    const { latencies, pass, shown } = setUp();
    latencies.sent("user_message", frame);
    latencies.sent("ping", frame);
    pass(500);
    latencies.received("pong", frame);
    latencies.received("assistant_message", frame);
    for (const metric of [RTT, REPLY_LATENCY, MESSAGE_LATENCY, LATENCY_EXCLUDED])
      expect(shown(metric)).toEqual([]);
  });
});
