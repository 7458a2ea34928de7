import { CLOSE_CODE_LABELS, type CloseCodeLabel } from "../close-code-label.ts";

/** How far a connection came before it ended: the same code before and after `open` is two different faults. */
export const PHASE = ["never_opened", "opened"] as const;
/** A value of {@link PHASE}. */
export type Phase = (typeof PHASE)[number];

/**
 * How a connect attempt ended, decided at the first frame of the server or after the stable uptime, whichever is first.
 *
 * - `opened`: it came that far.
 * - `rejected`: before that, the peer closed it with a code after which a client stops, such as 4401.
 * - `dropped`: it opened, and ended before that in any other way.
 * - `failed`: it never opened.
 * - `timed_out`: it was still connecting when a user has long given up; whatever becomes of it then.
 * - `aborted`: the page gave it up before it was decided, so it says nothing about the service.
 */
export const CONNECT_OUTCOME = ["opened", "rejected", "dropped", "failed", "timed_out", "aborted"] as const;
/** A value of {@link CONNECT_OUTCOME}. */
export type ConnectOutcome = (typeof CONNECT_OUTCOME)[number];

/** Why a connect attempt was made. `unspecified`: the application did not say; `other`: it said something unknown. */
export const CONNECT_TRIGGER = [
  "initial",
  "backoff",
  "online",
  "visible",
  "pageshow",
  "resume",
  "manual",
  "advice",
  "token_refresh",
  "unspecified",
  "other",
] as const;
/** A value of {@link CONNECT_TRIGGER}. */
export type ConnectTrigger = (typeof CONNECT_TRIGGER)[number];

/**
 * Who ended a connection, seen from the page: its own `close()`, a close frame of the peer, nobody (the network: no close
 * frame came), or the user who `left` (the page went away, froze, or entered the back/forward cache).
 */
export const ENDED_BY = ["page", "peer", "network", "left"] as const;
/** A value of {@link ENDED_BY}. */
export type EndedBy = (typeof ENDED_BY)[number];

/** A close code as a page reports it; `none` when the page left before there could be one. */
export type ClientCloseCode = CloseCodeLabel | "none";
/** The domain of {@link ClientCloseCode}. */
export const CLIENT_CLOSE_CODE: readonly ClientCloseCode[] = /* @__PURE__ */ withNone();

/** By a call that a bundler may leave out. */
function withNone(): ClientCloseCode[] {
  return [...CLOSE_CODE_LABELS, "none"];
}

/** What a page that wants a connection has at a moment. `reconnecting` begins with the first attempt of all. */
export const CONNECTION_STATE = ["connected", "reconnecting", "offline", "gave_up", "rejected"] as const;
/** A value of {@link CONNECTION_STATE}. */
export type ConnectionState = (typeof CONNECTION_STATE)[number];

/**
 * What one HTTP request found where a WebSocket did not open. `reachable`: the server answers HTTP, so the upgrade is the
 * problem. `unreachable`: nobody answers. `blocked`: the browser refused to ask.
 */
export const HANDSHAKE_FAILURE_CAUSE = [
  "http_401",
  "http_403",
  "http_404",
  "http_429",
  "http_5xx",
  "reachable",
  "unreachable",
  "blocked",
] as const;
/** A value of {@link HANDSHAKE_FAILURE_CAUSE}. */
export type HandshakeFailureCause = (typeof HANDSHAKE_FAILURE_CAUSE)[number];

/** What began a reconnect episode: a connection that closed, or a network that went away. */
export const EPISODE_AFTER = ["close", "offline"] as const;
/** A value of {@link EPISODE_AFTER}. */
export type EpisodeAfter = (typeof EPISODE_AFTER)[number];

/** How an episode ended. `abandoned`: the user left before it was decided. */
export const EPISODE_OUTCOME = ["recovered", "gave_up", "abandoned"] as const;
/** A value of {@link EPISODE_OUTCOME}. */
export type EpisodeOutcome = (typeof EPISODE_OUTCOME)[number];

/**
 * Why a message's latency was not believed. `offset`: the clocks' difference is known too badly. `hidden`, `asleep`: the
 * page or the machine did not run. `negative`: the result is impossible.
 */
export const LATENCY_EXCLUSION = ["offset", "hidden", "asleep", "negative"] as const;
/** A value of {@link LATENCY_EXCLUSION}. */
export type LatencyExclusion = (typeof LATENCY_EXCLUSION)[number];

/** How a call of the application's `refreshAccessToken` ended. */
export const TOKEN_REFRESH_OUTCOME = ["succeeded", "failed", "cancelled"] as const;
/** A value of {@link TOKEN_REFRESH_OUTCOME}. */
export type TokenRefreshOutcome = (typeof TOKEN_REFRESH_OUTCOME)[number];

/** What the socket was like when the user pressed reload. `rejected` tells users to; the others make them. */
export const RELOADED_SOCKET = ["healthy", "reconnecting", "gave_up", "rejected"] as const;
/** A value of {@link RELOADED_SOCKET}. */
export type ReloadedSocket = (typeof RELOADED_SOCKET)[number];

/** How old a session was when its heap was measured. */
export const SESSION_AGE = ["1h", "4h", "8h"] as const;
/** A value of {@link SESSION_AGE}. */
export type SessionAge = (typeof SESSION_AGE)[number];

/**
 * Where the SDK had to drop something: `queue` more waited than fits the queue or a batch, `refused` by the collector,
 * `expired` too old to be deduplicated, `value` not a finite number, `withheld` by the page's own `beforeSend`, `internal` a
 * fault of the SDK's own.
 */
export const TELEMETRY_LOSS = ["queue", "refused", "expired", "value", "withheld", "internal"] as const;
/** A value of {@link TELEMETRY_LOSS}. */
export type TelemetryLoss = (typeof TELEMETRY_LOSS)[number];
