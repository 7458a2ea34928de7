import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECTION_DURATION,
  DOWNTIME,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  HEAP_GROWTH,
  INBOUND_SILENCE,
  LATENCY_EXCLUDED,
  MESSAGE_LATENCY,
  RECONNECT_DELAY,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
  REPLY_LATENCY,
  RTT,
  TELEMETRY_LOST,
  TIME,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { FakeHost } from "./testing/fake-host.test-support.ts";
import { type FakeWebSocket, fakeWebSocket } from "./testing/fake-web-socket.test-support.ts";
import { Totals } from "./testing/recorded.test-support.ts";
import { started } from "./testing/started.test-support.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOURS = 8;
/** The server restarts this often. */
const CONNECTION_MS = 5 * MINUTE_MS;
const BACKOFF_MS = 2 * SECOND_MS;
const HANDSHAKE_MS = 1 * SECOND_MS;
const RTT_MS = 40;
const THINKING_MS = 960;

/** A user's chat, all day: the server restarts every five minutes, and every third connection is in a hidden tab. */
class WorkingDay {
  readonly host = new FakeHost();
  readonly sockets: (FakeWebSocket & WebSocket)[] = [];
  readonly sockscope = started({ host: this.host }).sockscope;
  asked = 0;
  connections = 0;
  messages = 0;
  visibleMessages = 0;
  visibleReconnects = 0;
  pings = 0;
  frames = 0;

  constructor() {
    const soon = this.host.setTimeout.bind(this.host);
    // What a browser does to the timers of a page that nobody sees.
    this.host.setTimeout = (callback, delayMs) =>
      soon(callback, this.host.visible ? delayMs : Math.max(delayMs, MINUTE_MS));
    this.host.heap = 10 * 2 ** 20;
  }

  async connection(trigger: "initial" | "backoff"): Promise<void> {
    const { host, sockscope } = this;
    const socket = fakeWebSocket();
    this.sockets.push(socket);
    sockscope.observe(socket, { trigger });
    if (host.visible && trigger === "backoff") this.visibleReconnects++;
    await host.pass(HANDSHAKE_MS);
    socket.open();
    this.connections++;
    for (let minute = 0; minute < CONNECTION_MS / MINUTE_MS; minute++) await this.minute(socket);
    socket.end(1012);
    // An ended socket that is asked for its state is one that was not let go.
    Object.defineProperty(socket, "readyState", { get: () => ++this.asked });
    await host.pass(BACKOFF_MS);
  }

  async minute(socket: FakeWebSocket): Promise<void> {
    const { host } = this;
    this.pings++;
    socket.send(`{"type":"ping","id":${this.pings}}`);
    await host.pass(RTT_MS);
    socket.receive(`{"type":"pong","id":${this.pings},"server_time":${host.wall - RTT_MS / 2}}`);
    // Nobody answers this one.
    socket.send(`{"type":"ping","id":"lost ${this.pings}"}`);
    this.messages++;
    if (host.visible) this.visibleMessages++;
    const id = `m-${this.messages}`;
    socket.send(`{"type":"chat_message","event":"user_message","meta":{"message_id":"${id}"}}`);
    await host.pass(THINKING_MS);
    const meta = `{"in_reply_to":"${id}","sent_at":${host.wall - RTT_MS / 2}}`;
    socket.receive(`{"type":"chat_message","event":"assistant_message","meta":${meta}}`);
    this.frames += 2;
    await host.pass(MINUTE_MS - RTT_MS - THINKING_MS);
  }

  async hour(): Promise<void> {
    const { host } = this;
    const endsAt = host.clock + 60 * MINUTE_MS;
    while (host.clock < endsAt) {
      await host.emit(this.connections % 3 === 2 ? "hidden" : "visible");
      await this.connection(this.connections === 0 ? "initial" : "backoff");
    }
  }

  /** What was sent, each batch once, however often it went out. */
  sent(): { readonly totals: Totals; readonly series: number } {
    const bySeq = new Map(this.host.batches.map(({ seq, lines }) => [seq, lines]));
    const totals = new Totals();
    for (const lines of bySeq.values()) totals.add(lines);
    return { totals, series: new Set([...bySeq.values()].flat().map((line) => line.split(" ")[0])).size };
  }
}

describe("a working day of a chat whose server restarts every five minutes", () => {
  it("leaves nothing behind, and every number adds up", async () => {
    const day = new WorkingDay();
    const { host, sockets, sockscope } = day;
    const perHour: unknown[] = [];
    const startedAt = host.clock;
    for (let hour = 0; hour < HOURS; hour++) {
      await day.hour();
      await host.emit("visible");
      await sockscope.flush();
      perHour.push({
        listeners: sockets.reduce((sum, { listeners }) => sum + listeners, 0),
        ownProperties: sockets.filter((socket) => Object.hasOwn(socket, "send")).length,
        timers: host.timers.size,
        subscribers: host.subscribers.size,
        asked: day.asked,
        armed: host.later.size,
      });
    }
    expect(perHour).toEqual(
      Array(HOURS).fill({ listeners: 0, ownProperties: 0, timers: 2, subscribers: 1, asked: 0, armed: 0 }),
    );
    await host.emit("pagehide");
    const { totals, series } = day.sent();
    const { connections, messages, visibleMessages, pings, frames } = day;
    expect(connections).toBe(12 * HOURS);
    expect(totals.shown(CONNECT_ATTEMPTS)).toEqual([`opened backoff ${connections - 1}`, "opened initial 1"]);
    expect(totals.shown(CLOSES)).toEqual([`1012 opened peer ${connections}`]);
    expect(totals.of(CONNECTION_DURATION)).toEqual({
      count: connections,
      sum: (connections * CONNECTION_MS) / 1000,
    });
    expect(totals.of(INBOUND_SILENCE).count).toBe(connections);
    expect(totals.shown(RECONNECT_EPISODES_STARTED)).toEqual([`close ${connections}`]);
    expect(totals.shown(RECONNECT_EPISODES)).toEqual([
      "abandoned close 1",
      `recovered close ${connections - 1}`,
    ]);
    expect(totals.shown(DOWNTIME)).toEqual([
      `close ${connections - 1} ${((connections - 1) * (BACKOFF_MS + HANDSHAKE_MS)) / 1000}`,
    ]);
    expect(totals.shown(RECONNECT_DELAY)).toEqual([
      `${day.visibleReconnects} ${(day.visibleReconnects * BACKOFF_MS) / 1000}`,
    ]);
    expect(totals.shown(TIME)).toEqual([
      `connected ${(connections * CONNECTION_MS) / 1000}`,
      `reconnecting ${(connections * (BACKOFF_MS + HANDSHAKE_MS)) / 1000}`,
    ]);
    expect(totals.of(TIME).count).toBe((host.clock - startedAt) / 1000);
    expect(totals.of(FRAMES_RECEIVED).count).toBe(frames);
    expect(totals.shown(FRAMES_SENT)).toEqual([`ping ${2 * pings}`, `user_message ${messages}`]);
    expect(totals.of(RTT).count).toBe(pings);
    expect(totals.shown(REPLY_LATENCY)).toEqual([`${messages} ${(messages * THINKING_MS) / 1000}`]);
    expect(totals.shown(MESSAGE_LATENCY)).toEqual([
      `${visibleMessages} ${(visibleMessages * RTT_MS) / 2000}`,
    ]);
    expect(totals.shown(LATENCY_EXCLUDED)).toEqual([`hidden ${messages - visibleMessages}`]);
    expect(totals.shown(HEAP_GROWTH)).toEqual(["1h 1 0", "4h 1 0", "8h 1 0"]);
    expect(totals.shown(TELEMETRY_LOST)).toEqual([]);
    expect(series).toBeLessThan(40);
  }, 60_000);
});
