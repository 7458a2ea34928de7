import { type ClientFrame, type CloseConsequence, STABLE_UPTIME_MS } from "@sockscope/catalog/runtime";
import type { Host } from "../host.ts";
import { CLOSE_CODES_ADVICE, isCloseCodes } from "../vocabulary.ts";
import type { ChatWebSocket } from "./link.ts";
import type { FrameData } from "./outbox.ts";
import type { SocketObserver } from "./socket-record.ts";
import type { TokenRequest } from "./token-request.ts";

/** How a connection is proven to be alive. */
export interface Heartbeat {
  /** How often a ping is sent, in ms. Default: 25,000, which is less than the usual idle time-outs of proxies. */
  readonly intervalMs?: number;
  /** How long anything may take to come after a ping, in ms; then the connection is dead. Default: 10,000. */
  readonly timeoutMs?: number;
  /** A ping. Default: `{ type: "ping", id }`, to which the server answers `{ type: "pong", id, server_time }`. */
  readonly ping?: (id: number) => unknown;
}

/**
 * What a chat socket needs to know.
 *
 * @typeParam Sent what the application sends
 */
export interface ChatSocketOptions<Sent = ClientFrame> {
  /** What `start` returned: measures every attempt, connection and frame. Default: nothing is measured. */
  readonly sockscope?: SocketObserver;
  /**
   * Is called before every attempt, and its token handed to `url` and `protocols`. A rejection costs one attempt, as does one that
   * takes longer than `attemptTimeoutMs`. Default: no token is needed.
   */
  readonly refreshAccessToken?: (request: TokenRequest) => unknown;
  /** As for `WebSocket`, or made of the token. Default: none. */
  readonly protocols?: string | string[] | ((token: string | undefined) => string | string[]);
  /** The first frame of every connection. Default: none. */
  readonly hello?: () => Sent | FrameData;
  /**
   * Whether the server begins every connection with a `rehydration` frame. What is sent waits for it, or for `stableUptimeMs` if
   * none comes. Default: true.
   */
  readonly rehydration?: boolean;
  /** `false` for a server that does not answer pings. Default: pings as the defaults of {@link Heartbeat}. */
  readonly heartbeat?: Heartbeat | false;
  /** Whether a user whose authentication failed gets a new token and one more attempt before he is told. Default: false. */
  readonly refreshOnce?: boolean;
  /** What the user sees after private close codes, from 3000 to 4999; what the socket does follows from it. Default: a retry. */
  readonly closeCodes?: Readonly<Record<number, CloseConsequence>>;
  /** The delay before the second attempt, in ms; it doubles from there. Default: 1,000. */
  readonly baseDelayMs?: number;
  /** The longest delay, in ms, before its jitter of a fifth. Default: 16,000. */
  readonly maxDelayMs?: number;
  /** After how many attempts in a row it gives up; Infinity for never. Default: 10. */
  readonly maxAttempts?: number;
  /** How long a token may take, and after it the opening of the socket, in ms. Default: 10,000. */
  readonly attemptTimeoutMs?: number;
  /** How long a connection lasts at the least, in ms, that sets the backoff back. Default: 5,000. */
  readonly stableUptimeMs?: number;
  /** How many frames wait for a connection. Default: 100. */
  readonly outboxLimit?: number;
  /**
   * What happens when one frame more is to wait: it is refused, and `send` says `dropped`; or the oldest makes room, and is told as
   * `dropped`. Default: `refuse`.
   */
  readonly outboxOverflow?: "refuse" | "drop_oldest";
  /** By what a second copy of a frame is known; undefined where there is nothing. Default: `meta.in_reply_to` with `meta.queued_message_id`. */
  readonly messageKey?: (frame: unknown) => string | undefined;
  /** Names a received frame, as `observe` wants it. Default: what its JSON opens with. */
  readonly receivedEvent?: (frame: unknown) => string;
  /** Names a sent frame. Default: what its JSON opens with. */
  readonly sentEvent?: (frame: unknown) => string;
  /** What the connection is for, as `observe` wants it. Default: origin and path of the URL. */
  readonly episode?: string;
  /** The constructor. Default: the browser's, at the time of each attempt. */
  readonly WebSocket?: new (
    url: string,
    protocols?: string | string[],
  ) => ChatWebSocket;
  /** The outside world. Default: the browser's globals. */
  readonly host?: SocketHost;
}

/** What a chat socket needs of the outside. */
export type SocketHost = Pick<
  Host,
  "now" | "wallClock" | "randomBytes" | "setTimeout" | "clearTimeout" | "subscribe" | "isOnline"
>;

/** A chat socket was told something that cannot work. */
export class InvalidSocketOptionError extends TypeError {
  override readonly name = "InvalidSocketOptionError";
  readonly code = "SOCKSCOPE_ERR_SOCKET_OPTION";
}

/** The options that are numbers. */
export interface SocketNumbers {
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly maxAttempts: number;
  readonly attemptTimeoutMs: number;
  readonly stableUptimeMs: number;
  readonly outboxLimit: number;
}

/** What the options are that are numbers, unless told otherwise. */
export const SOCKET_DEFAULTS: SocketNumbers = {
  baseDelayMs: 1_000,
  maxDelayMs: 16_000,
  maxAttempts: 10,
  attemptTimeoutMs: 10_000,
  stableUptimeMs: STABLE_UPTIME_MS,
  outboxLimit: 100,
};

/** What works also as nothing at all. */
const MAY_BE_ZERO: readonly string[] = ["stableUptimeMs", "outboxLimit"];

/** What a heartbeat is unless told otherwise, in ms. */
export const HEARTBEAT_DEFAULTS: Readonly<Required<Omit<Heartbeat, "ping">>> = {
  intervalMs: 25_000,
  timeoutMs: 10_000,
};

/**
 * The numbers among the options.
 *
 * @throws InvalidSocketOptionError when one cannot work
 */
export function socketNumbers(options: Pick<ChatSocketOptions, keyof SocketNumbers>): SocketNumbers {
  const numbers = Object.entries(SOCKET_DEFAULTS).map(([name, usual]) => [
    name,
    atLeast(MAY_BE_ZERO.includes(name) ? 0 : 1, name, options[name as keyof SocketNumbers] ?? usual),
  ]);
  return Object.fromEntries(numbers) as unknown as SocketNumbers;
}

/**
 * Of a heartbeat, its two times; Infinity where there is none.
 *
 * @throws InvalidSocketOptionError when one cannot work
 */
export function heartbeatTimes(heartbeat: Heartbeat | false = {}): {
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
} {
  if (!heartbeat) return { pingIntervalMs: Infinity, pongTimeoutMs: Infinity };
  return {
    pingIntervalMs: atLeast(1, "heartbeat.intervalMs", heartbeat.intervalMs ?? HEARTBEAT_DEFAULTS.intervalMs),
    pongTimeoutMs: atLeast(1, "heartbeat.timeoutMs", heartbeat.timeoutMs ?? HEARTBEAT_DEFAULTS.timeoutMs),
  };
}

/**
 * The decisions about private close codes.
 *
 * @throws InvalidSocketOptionError when one cannot work
 */
export function ownCloseCodes(
  closeCodes: NonNullable<ChatSocketOptions["closeCodes"]> = {},
): NonNullable<ChatSocketOptions["closeCodes"]> {
  if (isCloseCodes(closeCodes)) return closeCodes;
  throw new InvalidSocketOptionError(`the option closeCodes cannot work; it must be ${CLOSE_CODES_ADVICE}`);
}

function atLeast(least: number, name: string, value: unknown): number {
  const most = name === "maxAttempts" ? Infinity : Number.MAX_VALUE;
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw new InvalidSocketOptionError(
    `the option ${name} is ${String(value)}; it must be a number from ${least}`,
  );
}
