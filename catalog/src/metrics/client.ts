import { CLOSE_CODE_LABELS, type CloseCodeLabel } from "../close-code-label.ts";
import {
  CLIENT_FRAME_EVENTS,
  type ClientFrameEvent,
  SERVER_FRAME_EVENTS,
  type ServerFrameEvent,
} from "../frames/frame-events.ts";
import {
  CLIENT_CLOSE_CODE,
  type ClientCloseCode,
  CONNECT_OUTCOME,
  CONNECT_TRIGGER,
  CONNECTION_STATE,
  type ConnectionState,
  type ConnectOutcome,
  type ConnectTrigger,
  ENDED_BY,
  type EndedBy,
  EPISODE_AFTER,
  EPISODE_OUTCOME,
  type EpisodeAfter,
  type EpisodeOutcome,
  HANDSHAKE_FAILURE_CAUSE,
  type HandshakeFailureCause,
  LATENCY_EXCLUSION,
  type LatencyExclusion,
  PHASE,
  type Phase,
  RELOADED_SOCKET,
  type ReloadedSocket,
  SESSION_AGE,
  type SessionAge,
  TELEMETRY_LOSS,
  type TelemetryLoss,
  TOKEN_REFRESH_OUTCOME,
  type TokenRefreshOutcome,
} from "../labels/client.ts";
import {
  ATTEMPT_LAYOUT,
  CONNECT_LAYOUT,
  CONNECTION_LAYOUT,
  DOWNTIME_LAYOUT,
  HEAP_GROWTH_LAYOUT,
  LATENCY_LAYOUT,
  REPLY_LAYOUT,
  SILENCE_LAYOUT,
} from "../layouts.ts";
import type { Counter, Gauge, Histogram, NoLabels } from "../metric.ts";

/** Once per attempt, when it is decided; see {@link CONNECT_OUTCOME}. */
export const CONNECT_ATTEMPTS: Counter<{ outcome: ConnectOutcome; trigger: ConnectTrigger }> = {
  type: "counter",
  name: "ws_client_connect_attempts_total",
  labels: { outcome: CONNECT_OUTCOME, trigger: CONNECT_TRIGGER },
};

/** From the socket's construction (as far as `observe` saw it) to `open`, of the attempts that are counted as `opened`. */
export const CONNECT_DURATION: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_connect_duration_seconds",
  labels: {},
  layout: CONNECT_LAYOUT,
};

/**
 * Once per connection that ended and per attempt that failed, seen from the browser. Attempts that the page itself gave up
 * are `aborted` attempts and no closes.
 */
export const CLOSES: Counter<{ code: ClientCloseCode; phase: Phase; ended_by: EndedBy }> = {
  type: "counter",
  name: "ws_client_closes_total",
  labels: { code: CLIENT_CLOSE_CODE, phase: PHASE, ended_by: ENDED_BY },
};

/** At most once per session and code within `AFFECTED_AGAIN_MS`, for closes that the user feels and the page did not want. */
export const AFFECTED_SESSIONS: Counter<{ code: CloseCodeLabel }> = {
  type: "counter",
  name: "ws_client_affected_sessions_total",
  labels: { code: CLOSE_CODE_LABELS },
};

/**
 * From `open` to the close, or until the user left, by the page's monotonic clock; where that stands still while the
 * machine sleeps, the server's duration is the longer one.
 */
export const CONNECTION_DURATION: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_connection_duration_seconds",
  labels: {},
  layout: CONNECTION_LAYOUT,
};

/** Seconds of the time in which a page wanted a connection, added at each flush. Frozen and slept time is in none. */
export const TIME: Counter<{ state: ConnectionState }> = {
  type: "counter",
  name: "ws_client_time_seconds_total",
  labels: { state: CONNECTION_STATE },
};

/** One per connection: the longest time without a frame from the server. */
export const INBOUND_SILENCE: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_inbound_silence_seconds",
  labels: {},
  layout: SILENCE_LAYOUT,
};

/** After two ends before `open`, one HTTP request to the same origin, seldom, where the application asked for it. */
export const HANDSHAKE_FAILURES: Counter<{ cause: HandshakeFailureCause }> = {
  type: "counter",
  name: "ws_client_handshake_failures_total",
  labels: { cause: HANDSHAKE_FAILURE_CAUSE },
};

/** An episode runs from a close, or from the loss of the network, until the connection is open again or given up. */
export const RECONNECT_EPISODES_STARTED: Counter<{ after: EpisodeAfter }> = {
  type: "counter",
  name: "ws_client_reconnect_episodes_started_total",
  labels: { after: EPISODE_AFTER },
};

/** Counted when the episode ends; while an outage lasts, only {@link RECONNECT_EPISODES_STARTED} moves. */
export const RECONNECT_EPISODES: Counter<{ outcome: EpisodeOutcome; after: EpisodeAfter }> = {
  type: "counter",
  name: "ws_client_reconnect_episodes_total",
  labels: { outcome: EPISODE_OUTCOME, after: EPISODE_AFTER },
};

/** How many attempts one episode took. */
export const RECONNECT_EPISODE_ATTEMPTS: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_reconnect_episode_attempts",
  labels: {},
  layout: ATTEMPT_LAYOUT,
};

/** The backoff before one attempt, jitter included. */
export const RECONNECT_DELAY: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_reconnect_delay_seconds",
  labels: {},
  layout: DOWNTIME_LAYOUT,
};

/** From the close, or from the network's return if that is later, until the connection is open again. */
export const DOWNTIME: Histogram<{ after: EpisodeAfter }> = {
  type: "histogram",
  name: "ws_client_downtime_seconds",
  labels: { after: EPISODE_AFTER },
  layout: DOWNTIME_LAYOUT,
};

/** From the server's `sent_at` to the message event, clock-corrected; others are counted in {@link LATENCY_EXCLUDED}. */
export const MESSAGE_LATENCY: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_message_latency_seconds",
  labels: {},
  layout: LATENCY_LAYOUT,
};

/** Messages whose latency is not believed, by why. */
export const LATENCY_EXCLUDED: Counter<{ reason: LatencyExclusion }> = {
  type: "counter",
  name: "ws_client_latency_excluded_total",
  labels: { reason: LATENCY_EXCLUSION },
};

/** From sending a user message to the reply that names it. */
export const REPLY_LATENCY: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_reply_latency_seconds",
  labels: {},
  layout: REPLY_LAYOUT,
};

/** Ping to pong. */
export const RTT: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_rtt_seconds",
  labels: {},
  layout: LATENCY_LAYOUT,
};

/** Every message event of an observed socket. */
export const FRAMES_RECEIVED: Counter<{ event: ServerFrameEvent }> = {
  type: "counter",
  name: "ws_client_frames_received_total",
  labels: { event: SERVER_FRAME_EVENTS },
};

/** Every frame handed to an open socket. */
export const FRAMES_SENT: Counter<{ event: ClientFrameEvent }> = {
  type: "counter",
  name: "ws_client_frames_sent_total",
  labels: { event: CLIENT_FRAME_EVENTS },
};

/** Second copies that deduplication kept from the app. */
export const DUPLICATES_DROPPED: Counter<NoLabels> = {
  type: "counter",
  name: "ws_client_duplicates_dropped_total",
  labels: {},
};

/** Told by the render layer, whose memory is its own and lasts for the session. Must stay at zero. */
export const DUPLICATES_RENDERED: Counter<NoLabels> = {
  type: "counter",
  name: "ws_client_duplicates_rendered_total",
  labels: {},
};

/** Frames of a socket that is no longer the current one. */
export const STALE_FRAMES_DROPPED: Counter<NoLabels> = {
  type: "counter",
  name: "ws_client_stale_frames_dropped_total",
  labels: {},
};

/** One per call of the application's `refreshAccessToken`. */
export const TOKEN_REFRESHES: Counter<{ outcome: TokenRefreshOutcome }> = {
  type: "counter",
  name: "ws_client_token_refreshes_total",
  labels: { outcome: TOKEN_REFRESH_OUTCOME },
};

/** Manual refreshes, by what the socket was like at that moment. */
export const PAGE_RELOADS: Counter<{ socket: ReloadedSocket }> = {
  type: "counter",
  name: "ws_client_page_reloads_total",
  labels: { socket: RELOADED_SOCKET },
};

/** One observation a session and age: the least of the last minutes against the least of the first ten. */
export const HEAP_GROWTH: Histogram<{ session_age: SessionAge }> = {
  type: "histogram",
  name: "ws_client_heap_growth_bytes",
  labels: { session_age: SESSION_AGE },
  layout: HEAP_GROWTH_LAYOUT,
};

/** Counted by the collector: from a session's second batch until it leaves or vanishes. */
export const SESSIONS_ACTIVE: Gauge<NoLabels> = {
  type: "gauge",
  name: "ws_client_sessions_active",
  labels: {},
};

/** Counted by the collector: once per page load, at its first batch. */
export const SESSIONS_STARTED: Counter<NoLabels> = {
  type: "counter",
  name: "ws_client_sessions_started_total",
  labels: {},
};

/** In measurements; loss is itself measured. */
export const TELEMETRY_LOST: Counter<{ where: TelemetryLoss }> = {
  type: "counter",
  name: "ws_client_telemetry_lost_total",
  labels: { where: TELEMETRY_LOSS },
};
