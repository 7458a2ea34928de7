import {
  type ClientFrame,
  closePolicy,
  NO_CLOSE_FRAME,
  NORMAL_CLOSE,
  SERVER_CLOSE_CODES,
  type ServerFrame,
} from "@sockscope/catalog/runtime";
import { browserHost, LONGEST_TIMER_MS } from "../host.ts";
import { createSeen, MAX_SEEN } from "../seen.ts";
import type { ChatSocket, ChatSocketEvents } from "./chat-socket-interface.ts";
import { createEmitter } from "./emitter.ts";
import { refreshes } from "./ends.ts";
import { adviceOf, answeredId, messageKey, parsed, pongId, rehydratedIds } from "./frame-fields.ts";
import { type ChatWebSocket, createLink, type Link, type LinkEvents } from "./link.ts";
import { transition } from "./machine.ts";
import {
  INITIAL,
  isActive,
  type Machine,
  type Moment,
  type Rules,
  type SocketEvent,
} from "./machine-state.ts";
import { createOutbox, dataOf, type FrameData, type SendOutcome } from "./outbox.ts";
import { createRendered } from "./rendered.ts";
import { report, tried } from "./report.ts";
import {
  type ChatSocketOptions,
  heartbeatTimes,
  InvalidSocketOptionError,
  ownCloseCodes,
  socketNumbers,
} from "./socket-options.ts";
import { createSocketRecord } from "./socket-record.ts";
import type { SocketState } from "./socket-state.ts";
import { createWakingClock } from "./waking-clock.ts";

/**
 * Connects a chat, and keeps it connected: after the caller's task is over, and until it is closed.
 *
 * @param url or what makes it of the token
 * @throws InvalidSocketOptionError when an option cannot work
 */
export function chatSocket<Received = ServerFrame, Sent = ClientFrame>(
  url: string | ((token: string | undefined) => string),
  options: ChatSocketOptions<Sent> = {},
): ChatSocket<Received, Sent> {
  const { sockscope, heartbeat, hello, episode, receivedEvent, sentEvent } = options;
  const { host = browserHost(), messageKey: keyOf = messageKey } = options;
  const numbers = socketNumbers(options);
  const closeCodes = ownCloseCodes(options.closeCodes);
  const rules: Rules = {
    ...numbers,
    ...heartbeatTimes(heartbeat),
    awaitsRehydration: options.rehydration ?? true,
    refreshesOnce: options.refreshOnce ?? false,
    policyOf: (code) => closePolicy(code, closeCodes),
  };
  const clock = createWakingClock(host);
  const emitter = createEmitter<ChatSocketEvents<Received>>();
  const seen = createSeen(MAX_SEEN);
  const outbox = createOutbox({
    limit: numbers.outboxLimit,
    dropsOldest: options.outboxOverflow === "drop_oldest",
    dropped: (why, data) => emitter.emit("dropped", { why, data }),
    now: clock,
    pings: () => machine.pings,
  });
  const record = createSocketRecord({
    sockscope,
    url,
    episode,
    receivedEvent,
    sentEvent,
    isAnswered: (code) => refreshes(machine, rules.policyOf(code), rules, moment()),
  });
  let machine: Machine = INITIAL;
  let link: Link | undefined;
  let timer: unknown;
  let unsubscribe: (() => void) | undefined;
  /** What happened while something else was dealt with. */
  const pending: { readonly event: SocketEvent; readonly turn: number | undefined }[] = [];
  let isBusy = false;

  function moment(): Moment {
    return {
      now: clock(),
      wallClock: host.wallClock(),
      random: randomOf(host.randomBytes(4)),
      isOnline: host.isOnline(),
    };
  }

  /**
   * One thing after the other: a callback of the page, called in the midst of one, may cause another.
   *
   * @param turn that tells it: what another one tells is old. Default: whichever is the current one
   */
  function happened(event: SocketEvent, turn?: number): void {
    pending.push({ event, turn });
    if (isBusy) return;
    isBusy = true;
    const states: SocketState[] = [];
    try {
      for (let next = pending.shift(); next; next = pending.shift()) {
        if (next.turn !== undefined && next.turn !== machine.turn) continue;
        const { state } = machine;
        step(next.event);
        if (machine.state !== state) states.push(machine.state);
      }
    } finally {
      // Whatever a strange host throws, the next event is dealt with.
      isBusy = false;
    }
    for (const state of states) emitter.emit("state", state);
  }

  function step(event: SocketEvent): void {
    const before = machine;
    machine = transition(before, event, rules, moment());
    if (machine.turn !== before.turn) changeTurn(before, event);
    if (machine.pings > before.pings && !say(() => pingOf(machine.pings))) unasked();
    // A timer may come a little too early.
    if (machine.dueAt !== before.dueAt || event.type === "due") arm();
    if (machine.isReady && !before.isReady) outbox.flush(hand);
    if (machine.state.status === "gave_up" && before.state.status !== "gave_up") record.gaveUp();
  }

  /** Whoever was not asked need not answer; whoever is gone has not said so. */
  function unasked(): void {
    if (link?.isGone()) happened({ type: "ended", code: NO_CLOSE_FRAME, reason: "" }, machine.turn);
    else machine = transition(machine, { type: "no ping" }, rules, moment());
  }

  /** The world follows: what was, ends; what is to be, begins. */
  function changeTurn(before: Machine, { type }: SocketEvent): void {
    if (machine.wasLost) record.lost();
    if (before.state.status === "open" && type !== "close") outbox.doubt();
    const left = link;
    link =
      machine.state.status === "connecting" ? createLink(context, machine, eventsOf(machine)) : undefined;
    const isDead = machine.wasLost && type !== "offline";
    left?.leave(type === "due", isDead ? SERVER_CLOSE_CODES.heartbeat_timeout : NORMAL_CLOSE);
    if (machine.state.status === "closed") record.unwanted();
    follow(machine.state.status !== "closed");
  }

  function arm(): void {
    host.clearTimeout(timer);
    const { dueAt } = machine;
    if (dueAt === Infinity) return;
    timer = host.setTimeout(
      () => happened({ type: "due" }),
      Math.min(LONGEST_TIMER_MS, Math.max(0, dueAt - clock())),
    );
  }

  function follow(isWanted: boolean): void {
    if (isWanted) unsubscribe ??= host.subscribe((type) => happened({ type }));
    else {
      unsubscribe?.();
      unsubscribe = undefined;
    }
  }

  const context = {
    fetchToken: options.refreshAccessToken,
    open: (token: string | undefined): ChatWebSocket => {
      const { protocols, WebSocket: Constructor = globalThis.WebSocket } = options;
      const address = typeof url === "string" ? url : url(token);
      if (typeof address !== "string")
        throw new InvalidSocketOptionError(
          `the URL is ${String(address)}; it must be a text, and no promise`,
        );
      return new Constructor(address, typeof protocols === "function" ? protocols(token) : protocols);
    },
    observe: record.observe,
    attempted: record.attempted,
    notice: record.notice,
  };

  /** What a turn tells, as long as it is the current one. */
  function eventsOf({ turn }: Machine): LinkEvents {
    return {
      token: () => happened({ type: "token" }, turn),
      noToken: (error) => {
        report(error);
        happened({ type: "no token" }, turn);
      },
      opened: () => {
        if (hello) say(hello);
        happened({ type: "opened" }, turn);
      },
      message: (data) => turn === machine.turn && received(data),
      ended: (code, reason) => happened({ type: "ended", code, reason }, turn),
    };
  }

  function received(data: unknown): void {
    const { turn } = machine;
    const frame = parsed(data) as Received | undefined;
    const adviceMs = adviceOf(frame);
    happened({ type: "frame", adviceMs });
    const answered = answeredId(frame);
    const pong = pongId(frame);
    if (answered !== undefined) outbox.confirm(answered);
    if (pong !== undefined) outbox.confirmBefore(pong);
    const isSecond = isDuplicate(frame);
    // A callback of the page may have changed everything.
    if (machine.turn !== turn) return;
    if (isSecond) {
      record.notice("duplicate dropped");
      emitter.emit("dropped", { why: "duplicate", data });
      return;
    }
    const isOwn = pong !== undefined || adviceMs !== undefined;
    if (!isOwn) emitter.emit("message", { frame, data });
    const known = rehydratedIds(frame);
    if (known && machine.turn === turn) rehydrated(known);
  }

  function isDuplicate(frame: unknown): boolean {
    const key = tried(() => keyOf(frame));
    return typeof key === "string" && seen.isSecond(key);
  }

  function rehydrated(known: readonly string[]): void {
    outbox.repeat(known);
    if (machine.isReady) outbox.flush(hand);
    else happened({ type: "ready" });
  }

  function send(frame: unknown): SendOutcome {
    return outbox.send(frame, machine.isReady ? hand : undefined, isActive(machine));
  }

  function hand(data: FrameData, isRepeated = false): boolean {
    record.repeats(isRepeated);
    return link?.send(data) ?? false;
  }

  /** A frame of the socket's own. */
  function say(frame: () => unknown): boolean {
    const isSaid = tried(() => {
      const own = frame();
      return own !== undefined && hand(dataOf(own));
    });
    return isSaid ?? false;
  }

  function pingOf(id: number): unknown {
    return (heartbeat ? heartbeat.ping?.(id) : undefined) ?? { type: "ping", id };
  }

  function close(): void {
    if (machine.state.status !== "closed") happened({ type: "close" });
    outbox.clear();
  }

  if (typeof url !== "string" && typeof url !== "function")
    throw new InvalidSocketOptionError(
      `the URL is ${String(url)}; it must be a text, or make one of a token`,
    );
  happened({ type: "connect" });
  return {
    get state() {
      return machine.state;
    },
    send,
    // Within its own task an attempt is none yet, which another could replace.
    reconnect: () => (link && !link.hasBegun() ? undefined : happened({ type: "connect" })),
    close,
    on: emitter.on,
    rendered: createRendered(() => record.notice("duplicate rendered")),
  };
}

/** From 0 to below 1, of four bytes: one would be too coarse to spread a crowd. */
function randomOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum / 256 + byte, 0) / 256;
}
