import { type ClientFrame, closePolicy, type ServerFrame } from "@sockscope/catalog/runtime";
import { browserHost } from "../host.ts";
import type { ClientNotice } from "../notices.ts";
import type { Observation } from "../observe/observe-socket.ts";
import { createEmitter } from "./emitter.ts";
import { adviceOf, answeredId, fieldsOf, messageKey, parsed, rehydratedIds } from "./frame-fields.ts";
import { type ChatWebSocket, createLink, type Link } from "./link.ts";
import {
  INITIAL,
  isActive,
  type Machine,
  type Moment,
  type Rules,
  type SocketEvent,
  transition,
} from "./machine.ts";
import { createOutbox, dataOf, type FrameData, type SendOutcome } from "./outbox.ts";
import { createRendered } from "./rendered.ts";
import { report, tried } from "./report.ts";
import { createSeenMessages } from "./seen-messages.ts";
import {
  type ChatSocketOptions,
  heartbeatTimes,
  InvalidSocketOptionError,
  socketNumbers,
} from "./socket-options.ts";
import type { SocketState } from "./socket-state.ts";
import { createWakingClock } from "./waking-clock.ts";

/** A frame that did not come where it was meant to go. */
export interface Dropped {
  /**
   * - `duplicate`: a second copy that the server sent.
   * - `overflow`: it made room in the outbox for a later one.
   * - `unconfirmed`: it was sent twice, and the server does not have it.
   * - `closed`: it waited, and the application closed the socket.
   */
  readonly why: "duplicate" | "overflow" | "unconfirmed" | "closed";
  /** As it travels. */
  readonly data: unknown;
}

/**
 * What a chat socket tells.
 *
 * @typeParam Received what the server sends
 */
export interface ChatSocketEvents<Received = ServerFrame> {
  /** A frame of the current connection that is no duplicate. A pong and advice are the socket's own. */
  readonly message: {
    /** What its JSON says, unchecked; undefined where it is none. */
    readonly frame: Received | undefined;
    /** As it travelled. */
    readonly data: unknown;
  };
  /** What it is from now on. */
  readonly state: SocketState;
  /** A frame did not come where it was meant to go. */
  readonly dropped: Dropped;
}

/**
 * A WebSocket that comes back.
 *
 * @typeParam Received what the server sends
 * @typeParam Sent what the application sends
 */
export interface ChatSocket<Received = ServerFrame, Sent = ClientFrame> {
  /** The same object until it changes. */
  readonly state: SocketState;
  /**
   * Sends a frame, or keeps it for the next connection. An object travels as JSON. A frame with `meta.message_id` that was sent
   * just before a connection died is sent again, once, unless the rehydration lists it.
   *
   * @throws TypeError for what JSON cannot say
   */
  send(frame: Sent | FrameData): SendOutcome;
  /** Connects now, whatever the state: the user asked for it. */
  reconnect(): void;
  /** Ends the connection, every plan to make one, and what waits in the outbox. */
  close(): void;
  /** Calls `listener` at each event until the returned function is called. */
  on<Type extends keyof ChatSocketEvents<Received>>(
    type: Type,
    listener: (event: ChatSocketEvents<Received>[Type]) => void,
  ): () => void;
  /**
   * The user sees a message. It is measured when he sees one twice.
   *
   * @param key what makes it this message, such as its `queued_message_id`
   * @returns says that it is gone from view
   */
  rendered(key: string): () => void;
}

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
  const { sockscope, heartbeat, hello, episode, closeCodes } = options;
  const { host = browserHost(), messageKey: keyOf = messageKey } = options;
  const numbers = socketNumbers(options);
  const rules: Rules = {
    ...numbers,
    ...heartbeatTimes(heartbeat),
    awaitsRehydration: options.rehydration ?? true,
    refreshesOnce: options.refreshOnce ?? false,
    policyOf: (code) => closePolicy(code, closeCodes),
  };
  const clock = createWakingClock(host);
  const emitter = createEmitter<ChatSocketEvents<Received>>();
  const outbox = createOutbox({
    limit: numbers.outboxLimit,
    dropsOldest: options.outboxOverflow === "drop_oldest",
    dropped: (why, data) => emitter.emit("dropped", { why, data }),
  });
  const seen = createSeenMessages();
  const notice = (what: ClientNotice): void => sockscope?.noticed(what);
  let machine: Machine = INITIAL;
  let link: Link | undefined;
  let observation: Observation | undefined;
  let timer: unknown;
  let unsubscribe: (() => void) | undefined;

  function moment(): Moment {
    return {
      now: clock(),
      wallClock: host.wallClock(),
      random: randomOf(host.randomBytes(4)),
      isOnline: host.isOnline(),
    };
  }

  function happened(event: SocketEvent): void {
    const before = machine;
    machine = transition(before, event, rules, moment());
    if (machine.turn !== before.turn) changeTurn(event.type === "due");
    // Whoever was not asked need not answer.
    if (machine.pings > before.pings && !say(() => pingOf(machine.pings)))
      machine = transition(machine, { type: "no ping" }, rules, moment());
    // A timer may come a little too early.
    if (machine.dueAt !== before.dueAt || event.type === "due") arm();
    if (machine.isReady && !before.isReady) outbox.flush(hand);
    if (machine.state !== before.state) changed(machine.state);
  }

  /** The world follows: what was, ends; what is to be, begins. */
  function changeTurn(isLate: boolean): void {
    link?.leave(isLate);
    const { turn, state } = machine;
    link = state.status === "connecting" ? createLink(context, machine, eventsOf(turn)) : undefined;
    if (state.status === "closed") follow(false);
    else follow(true);
  }

  function arm(): void {
    host.clearTimeout(timer);
    const { dueAt } = machine;
    if (dueAt === Infinity) return;
    timer = host.setTimeout(() => happened({ type: "due" }), Math.max(0, dueAt - clock()));
  }

  function changed(state: SocketState): void {
    if (state.status === "gave_up") observation?.gaveUp();
    if (state.status === "closed") observation?.unwanted();
    emitter.emit("state", state);
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
      return new Constructor(address, typeof protocols === "function" ? protocols(token) : protocols);
    },
    observe: (socket: ChatWebSocket, trigger: Machine["trigger"]) => {
      observation = sockscope?.observe(socket, episode === undefined ? { trigger } : { trigger, episode });
      return observation;
    },
    notice,
  };

  function eventsOf(turn: number) {
    /** What another turn tells is old, even where a callback of the page changed the turn just now. */
    const inTurn =
      <Args extends unknown[]>(action: (...args: Args) => void) =>
      (...args: Args): void => {
        if (machine.turn === turn) action(...args);
      };
    return {
      token: inTurn(() => happened({ type: "token" })),
      noToken: inTurn((error: unknown) => {
        report(error);
        happened({ type: "no token" });
      }),
      opened: inTurn(() => {
        outbox.doubt();
        if (hello) say(hello);
        happened({ type: "opened" });
      }),
      message: inTurn(received),
      ended: inTurn((code: number, reason: string) => happened({ type: "ended", code, reason })),
    };
  }

  function received(data: unknown): void {
    const { turn } = machine;
    const frame = parsed(data) as Received | undefined;
    happened({ type: "frame", adviceMs: adviceOf(frame) });
    const answered = answeredId(frame);
    if (answered !== undefined) outbox.confirm(answered);
    if (isDuplicate(frame)) {
      notice("duplicate dropped");
      emitter.emit("dropped", { why: "duplicate", data });
      return;
    }
    if (!isOwn(frame)) emitter.emit("message", { frame, data });
    const known = rehydratedIds(frame);
    if (known && machine.turn === turn) rehydrated(known);
  }

  function isDuplicate(frame: unknown): boolean {
    const key = tried(() => keyOf(frame));
    return key !== undefined && seen.isSecond(key);
  }

  function rehydrated(known: readonly string[]): void {
    outbox.repeat(known);
    if (machine.isReady) outbox.flush(hand);
    else happened({ type: "ready" });
  }

  function send(frame: unknown): SendOutcome {
    return outbox.send(frame, machine.isReady ? hand : undefined, isActive(machine));
  }

  function hand(data: FrameData): boolean {
    return link?.send(data) ?? false;
  }

  /** A frame of the socket's own. */
  function say(frame: () => unknown): boolean {
    return tried(() => hand(dataOf(frame()))) ?? false;
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
    reconnect: () => happened({ type: "connect" }),
    close,
    on: emitter.on,
    rendered: createRendered(() => notice("duplicate rendered")),
  };
}

/** Frames that are about the connection and not about the chat. */
function isOwn(frame: unknown): boolean {
  const { type } = fieldsOf(frame);
  return type === "pong" || type === "advice";
}

/** From 0 to below 1, of four bytes: one would be too coarse to spread a crowd. */
function randomOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum / 256 + byte, 0) / 256;
}
