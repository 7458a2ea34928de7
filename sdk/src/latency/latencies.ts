import {
  LATENCY_EXCLUDED,
  type LatencyExclusion,
  MESSAGE_LATENCY,
  REPLY_LATENCY,
  RTT,
} from "@sockscope/catalog/runtime";
import type { Host } from "../host.ts";
import type { PageClock } from "../page/page-clock.ts";
import type { Recorder, Slot } from "../record/recorder.ts";
import { createSeen, MAX_SEEN } from "../seen.ts";
import { createServerClock } from "./server-clock.ts";

/** How many pings and messages may wait for their answer; the oldest are forgotten. */
const MAX_WAITING = 50;

/** What the frames between a page and its server tell about time: round trips, and how long messages and answers take. */
export interface Latencies {
  /** A frame came that is counted as this event. */
  received(event: string, frame: unknown): void;
  /** A frame was handed to the socket that is counted as this event. */
  sent(event: string, frame: unknown): void;
}

/** Nothing known yet. */
export function createLatencies(recorder: Recorder, clock: PageClock, host: Host): Latencies {
  const server = createServerClock(clock);
  /** When what waits for its answer was sent, by the id of a ping or of a message. */
  const waiting = new Map<string, number>();
  const arrivedIds = createSeen(MAX_SEEN);
  const excluded: Partial<Record<LatencyExclusion, Slot>> = {};

  function sent(event: string, frame: unknown): void {
    if (event === "ping") wait("ping", valueIn(frame, "id"), clock.now());
    // A message that is sent again has waited since the first time.
    if (event === "user_message") wait("message", valueIn(frame, "message_id"));
  }

  /** What has no id cannot be told from another of its kind. */
  function wait(what: string, id: string | undefined, since?: number): void {
    if (id === undefined) return;
    const key = `${what} ${id}`;
    waiting.set(key, since ?? waiting.get(key) ?? clock.now());
    for (const oldest of waiting.keys()) if (waiting.size > MAX_WAITING) waiting.delete(oldest);
  }

  function received(event: string, frame: unknown): void {
    if (event === "pong" && waiting.size > 0) ponged(frame);
    const isWhole = event === "assistant_message";
    // Whoever sees the first piece of an answer waits no longer, however long the rest takes.
    if (waiting.size > 0 && (isWhole || event === "assistant_delta")) answered(frame);
    if (!isWhole) return;
    const id = valueIn(frame, "queued_message_id");
    // A server that tells a thread again is not slow.
    if (id !== undefined && arrivedIds.isSecond(id)) return;
    const sentAt = Number(valueIn(frame, "sent_at"));
    if (sentAt > 0) arrived(sentAt);
  }

  function ponged(frame: unknown): void {
    const rttMs = waited(`ping ${valueIn(frame, "id")}`);
    if (rttMs === undefined) return;
    recorder.observe(RTT, rttMs / 1000);
    server.learn(Number(valueIn(frame, "server_time")), rttMs);
  }

  function answered(frame: unknown): void {
    const ms = waited(`message ${valueIn(frame, "in_reply_to")}`);
    if (ms !== undefined) recorder.observe(REPLY_LATENCY, ms / 1000);
  }

  /** How long something has waited, in ms; undefined when it did not, or the machine slept meanwhile. */
  function waited(what: string): number | undefined {
    const sentAt = waiting.get(what);
    waiting.delete(what);
    return sentAt === undefined || clock.sleptSince(sentAt) ? undefined : clock.now() - sentAt;
  }

  function arrived(sentAt: number): void {
    const latencyMs = server.now() - sentAt;
    const reason = exclusion(latencyMs);
    if (reason) {
      excluded[reason] ??= recorder.slot(LATENCY_EXCLUDED, { reason });
      recorder.add(excluded[reason]);
    } else recorder.observe(MESSAGE_LATENCY, latencyMs / 1000);
  }

  function exclusion(latencyMs: number): LatencyExclusion | undefined {
    if (!host.isVisible()) return "hidden";
    if (server.wasLostInSleep()) return "asleep";
    // NaN, while nothing is known of the server's clock.
    if (!(latencyMs < Infinity)) return "offset";
    return latencyMs < 0 ? "negative" : undefined;
  }

  return { received, sent };
}

/** A number or a text without escapes that a JSON text has under a key, wherever that is; the last one counts. */
function valueIn(frame: unknown, key: string): string | undefined {
  if (typeof frame !== "string") return undefined;
  const at = frame.lastIndexOf(`"${key}":`);
  if (at < 0) return undefined;
  const value = frame.slice(at + key.length + 3, at + key.length + 160);
  const [, text, number] = /^\s*(?:"([^"\\]{1,128})"|(-?\d[\d.eE+-]*))/.exec(value) ?? [];
  return text ?? number;
}
