import { CLOSE_CODE_LABELS, type CloseCodeLabel } from "../close-code-label.ts";
import {
  CLIENT_FRAME_EVENTS,
  type ClientFrameEvent,
  SERVER_FRAME_EVENTS,
  type ServerFrameEvent,
} from "../frames/frame-events.ts";
import {
  ADVICE_CODE,
  type AdviceCode,
  AUTH_METHOD,
  type AuthMethod,
  CLOSE_REASON,
  type CloseReason,
  CREDENTIALS,
  type Credentials,
  FRAME_REFUSAL,
  type FrameRefusal,
  HANDSHAKE_STATUS,
  type HandshakeStatus,
  REHYDRATION_OUTCOME,
  type RehydrationOutcome,
  ROUTE,
  SEND_ERROR,
  type SendError,
  THREAD_ID,
} from "../labels/server.ts";
import { CONNECTION_LAYOUT, LATENCY_LAYOUT } from "../layouts.ts";
import type { Counter, Gauge, GaugeHistogram, Histogram, NoLabels } from "../metric.ts";

/** Open connections at this moment. */
export const SERVER_CONNECTIONS_ACTIVE: Gauge<{ route: string }, "app"> = {
  type: "gauge",
  name: "ws_connections_active",
  labels: { route: ROUTE },
  stamped: ["app"],
  optInLabels: { thread_id: THREAD_ID },
};

/** Counted when the upgrade is accepted, also for those that are then closed for authentication. */
export const SERVER_CONNECTIONS_OPENED: Counter<{ route: string; auth_method: AuthMethod }, "app"> = {
  type: "counter",
  name: "ws_connections_opened_total",
  labels: { route: ROUTE, auth_method: AUTH_METHOD },
  stamped: ["app"],
};

/** Upgrades answered with an HTTP error, which the browser sees as 1006. */
export const SERVER_HANDSHAKES_REJECTED: Counter<
  { status: HandshakeStatus; credentials: Credentials },
  "app"
> = {
  type: "counter",
  name: "ws_handshakes_rejected_total",
  labels: { status: HANDSHAKE_STATUS, credentials: CREDENTIALS },
  stamped: ["app"],
};

/** The reason is the server's own enumeration, never the text of a close frame. */
export const SERVER_CLOSES: Counter<{ code: CloseCodeLabel; reason: CloseReason }, "app"> = {
  type: "counter",
  name: "ws_closes_total",
  labels: { code: CLOSE_CODE_LABELS, reason: CLOSE_REASON },
  stamped: ["app"],
};

/** From accept to close, of closed connections. */
export const SERVER_CONNECTION_DURATION: Histogram<NoLabels, "app"> = {
  type: "histogram",
  name: "ws_connection_duration_seconds",
  labels: {},
  stamped: ["app"],
  layout: CONNECTION_LAYOUT,
};

/** Closed durations alone hide the long-lived. */
export const SERVER_CONNECTION_AGE: GaugeHistogram<NoLabels, "app"> = {
  type: "gauge_histogram",
  name: "ws_connection_age_seconds",
  labels: {},
  stamped: ["app"],
  layout: CONNECTION_LAYOUT,
};

/** Counted when the frame is handed to the socket. */
export const SERVER_FRAMES_SENT: Counter<{ event: ServerFrameEvent }, "app"> = {
  type: "counter",
  name: "ws_frames_sent_total",
  labels: { event: SERVER_FRAME_EVENTS },
  stamped: ["app"],
};

/** Every message event. */
export const SERVER_FRAMES_RECEIVED: Counter<{ event: ClientFrameEvent }, "app"> = {
  type: "counter",
  name: "ws_frames_received_total",
  labels: { event: CLIENT_FRAME_EVENTS },
  stamped: ["app"],
};

/** Frames that the application answered with an error instead of doing what they ask for. */
export const SERVER_FRAMES_REFUSED: Counter<{ reason: FrameRefusal }, "app"> = {
  type: "counter",
  name: "ws_frames_refused_total",
  labels: { reason: FRAME_REFUSAL },
  stamped: ["app"],
};

/** Frames that could not be handed to the socket. */
export const SERVER_SEND_ERRORS: Counter<{ reason: SendError }, "app"> = {
  type: "counter",
  name: "ws_message_send_errors_total",
  labels: { reason: SEND_ERROR },
  stamped: ["app"],
};

/** Accepted to written. */
export const SERVER_MESSAGE_DELIVERY: Histogram<NoLabels, "app"> = {
  type: "histogram",
  name: "ws_message_delivery_seconds",
  labels: {},
  stamped: ["app"],
  layout: LATENCY_LAYOUT,
};

/** Hints given to clients to come back later. */
export const SERVER_RECONNECT_ADVICE: Counter<{ code: AdviceCode }, "app"> = {
  type: "counter",
  name: "ws_reconnect_advice_total",
  labels: { code: ADVICE_CODE },
  stamped: ["app"],
};

/** One per connection that said hello. */
export const SERVER_REHYDRATIONS: Counter<{ outcome: RehydrationOutcome }, "app"> = {
  type: "counter",
  name: "ws_rehydrations_total",
  labels: { outcome: REHYDRATION_OUTCOME },
  stamped: ["app"],
};

/** From hello to the frame's sending. */
export const SERVER_REHYDRATION_DURATION: Histogram<NoLabels, "app"> = {
  type: "histogram",
  name: "ws_rehydration_duration_seconds",
  labels: {},
  stamped: ["app"],
  layout: LATENCY_LAYOUT,
};

/** The sum over open connections. */
export const SERVER_SEND_BUFFER: Gauge<{ route: string }, "app"> = {
  type: "gauge",
  name: "ws_send_buffer_bytes",
  labels: { route: ROUTE },
  stamped: ["app"],
};
