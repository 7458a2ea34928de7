import type { Duplex } from "node:stream";
import { frameEvent } from "@sockscope/catalog";
import type { Switchboard } from "@sockscope/demo/faults";
import type { WebSocket } from "ws";
import type { Schedule } from "../schedule.ts";

/** What breaking messages needs from outside. */
export interface BrokenMessagesEnvironment {
  readonly faults: Switchboard;
  readonly schedule: Schedule;
  /** As `Math.random`. */
  readonly random: () => number;
}

const ANSWERS: readonly string[] = ["assistant_message", "assistant_delta"];
const OPEN = 1;

/**
 * Lets the faults of single messages happen to a socket: behind everything that counts or logs what is sent, where networks and
 * proxies are.
 */
export function breakMessages(
  socket: WebSocket,
  stream: Duplex,
  { faults, schedule, random }: BrokenMessagesEnvironment,
): void {
  const send = socket.send.bind(socket) as (data: unknown, ...rest: unknown[]) => void;
  const strikes = (share: number | undefined): boolean => share !== undefined && random() < share;

  function sendBroken(data: unknown, ...rest: unknown[]): void {
    if (typeof data === "string" && ANSWERS.includes(frameEvent(data))) sendAnswer(data, rest);
    else send(data, ...rest);
  }

  function sendAnswer(data: string, rest: readonly unknown[]): void {
    const text = faults.active("omit_in_reply_to") ? withoutInReplyTo(data) : data;
    if (strikes(faults.active("lose_messages")?.share)) {
      written(rest);
      return;
    }
    const copies = strikes(faults.active("duplicate_messages")?.share) ? 2 : 1;
    const delayMs = faults.active("delay_messages")?.delayMs ?? 0;
    for (let copy = 0; copy < copies; copy += 1) {
      if (delayMs === 0) send(text, ...(copy === 0 ? rest : []));
      else schedule(() => socket.readyState === OPEN && send(text), delayMs);
    }
    if (delayMs > 0) written(rest);
  }

  socket.send = sendBroken as WebSocket["send"];
  holdWhileNobodyReads(stream, faults, socket);
}

/** Whoever sent it is told that it went out, as by a network that loses it later. */
function written(rest: readonly unknown[]): void {
  const callback = rest.at(-1);
  if (typeof callback === "function") callback();
}

function withoutInReplyTo(text: string): string {
  const frame = JSON.parse(text) as { meta?: { in_reply_to?: string } };
  delete frame.meta?.in_reply_to;
  return JSON.stringify(frame);
}

/** What is written waits in this process, as it does for a peer that does not read once the system's buffers are full. */
function holdWhileNobodyReads(stream: Duplex, faults: Switchboard, socket: WebSocket): void {
  let isHeld = false;
  const follow = (): void => {
    const isOn = faults.active("slow_consumer") !== undefined;
    if (isOn === isHeld) return;
    isHeld = isOn;
    if (isOn) stream.cork();
    else stream.uncork();
  };
  socket.once("close", faults.onChange(follow));
  follow();
}
