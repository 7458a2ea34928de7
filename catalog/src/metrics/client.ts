import {
  ATTEMPT_BUCKETS,
  CONNECT_BUCKETS,
  CONNECTION_BUCKETS,
  DOWNTIME_BUCKETS,
  HEAP_GROWTH_BUCKETS,
  LATENCY_BUCKETS,
  REPLY_BUCKETS,
} from "../buckets.ts";
import type { CloseCodeLabel } from "../close-code-label.ts";
import type { ClientFrameEvent, ServerFrameEvent } from "../frames.ts";
import {
  CONNECT_OUTCOME,
  CONNECT_TRIGGER,
  type ConnectOutcome,
  type ConnectTrigger,
  EPISODE_OUTCOME,
  type EpisodeOutcome,
  PHASE,
  type Phase,
  SOCKET_HEALTH,
  type SocketHealth,
  TELEMETRY_LOSS,
  type TelemetryLoss,
  TOKEN_REFRESH_OUTCOME,
  type TokenRefreshOutcome,
} from "../labels/client.ts";
import { CLIENT_FRAME_EVENT, CLOSE_CODE, SERVER_FRAME_EVENT } from "../labels/shared.ts";
import type { Counter, Gauge, Histogram, NoLabels } from "../metric.ts";

/** Counted when the attempt is decided: at `open`, or at the close that came instead. */
export const CONNECT_ATTEMPTS: Counter<{ outcome: ConnectOutcome; trigger: ConnectTrigger }> = {
  type: "counter",
  name: "ws_client_connect_attempts_total",
  labels: { outcome: CONNECT_OUTCOME, trigger: CONNECT_TRIGGER },
};

/** From the socket's construction (as far as `observe` saw it) to `open`; only attempts that opened. */
export const CONNECT_DURATION: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_connect_duration_seconds",
  labels: {},
  buckets: CONNECT_BUCKETS,
};

/**
 * One per connection that ended and per attempt that failed, seen from the browser; a page that goes away ends its
 * connection with 1001. Attempts that the page itself gave up are `aborted` attempts and no closes.
 */
export const CLOSES: Counter<{ code: CloseCodeLabel; phase: Phase }> = {
  type: "counter",
  name: "ws_client_closes_total",
  labels: { code: CLOSE_CODE, phase: PHASE },
};

/**
 * From `open` to the close, or to the page's end, by the page's monotonic clock; where that stands still while the machine
 * sleeps, the server's duration is the longer one.
 */
export const CONNECTION_DURATION: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_connection_duration_seconds",
  labels: {},
  buckets: CONNECTION_BUCKETS,
};

/** An episode runs from a close until the connection is open again or given up. */
export const RECONNECT_EPISODES: Counter<{ outcome: EpisodeOutcome }> = {
  type: "counter",
  name: "ws_client_reconnect_episodes_total",
  labels: { outcome: EPISODE_OUTCOME },
};

/** How many attempts one episode took. */
export const RECONNECT_EPISODE_ATTEMPTS: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_reconnect_episode_attempts",
  labels: {},
  buckets: ATTEMPT_BUCKETS,
};

/** The backoff before one attempt, jitter included. */
export const RECONNECT_DELAY: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_reconnect_delay_seconds",
  labels: {},
  buckets: DOWNTIME_BUCKETS,
};

/** From the close, or from the network's return if that is later, until the connection is open again. */
export const DOWNTIME: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_downtime_seconds",
  labels: {},
  buckets: DOWNTIME_BUCKETS,
};

/** From the server's `sent_at` to the message event, clock-corrected; samples across hide or freeze are left out. */
export const MESSAGE_LATENCY: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_message_latency_seconds",
  labels: {},
  buckets: LATENCY_BUCKETS,
};

/** From sending a user message to the reply that names it. */
export const REPLY_LATENCY: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_reply_latency_seconds",
  labels: {},
  buckets: REPLY_BUCKETS,
};

/** Ping to pong. */
export const RTT: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_rtt_seconds",
  labels: {},
  buckets: LATENCY_BUCKETS,
};

/** Every message event of an observed socket. */
export const FRAMES_RECEIVED: Counter<{ event: ServerFrameEvent }> = {
  type: "counter",
  name: "ws_client_frames_received_total",
  labels: { event: SERVER_FRAME_EVENT },
};

/** Every frame handed to an open socket. */
export const FRAMES_SENT: Counter<{ event: ClientFrameEvent }> = {
  type: "counter",
  name: "ws_client_frames_sent_total",
  labels: { event: CLIENT_FRAME_EVENT },
};

/** Second copies that deduplication kept from the app. */
export const DUPLICATES_DROPPED: Counter<NoLabels> = {
  type: "counter",
  name: "ws_client_duplicates_dropped_total",
  labels: {},
};

/** Must stay at zero. */
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
export const PAGE_RELOADS: Counter<{ socket: SocketHealth }> = {
  type: "counter",
  name: "ws_client_page_reloads_total",
  labels: { socket: SOCKET_HEALTH },
};

/** Sampled where the browser tells. */
export const HEAP_GROWTH: Histogram<NoLabels> = {
  type: "histogram",
  name: "ws_client_heap_growth_bytes",
  labels: {},
  buckets: HEAP_GROWTH_BUCKETS,
};

/** Counted by the collector: sessions that sent a batch lately. */
export const SESSIONS_ACTIVE: Gauge<NoLabels> = {
  type: "gauge",
  name: "ws_client_sessions_active",
  labels: {},
};

/** In measurements; loss is itself measured. */
export const TELEMETRY_LOST: Counter<{ where: TelemetryLoss }> = {
  type: "counter",
  name: "ws_client_telemetry_lost_total",
  labels: { where: TELEMETRY_LOSS },
};
