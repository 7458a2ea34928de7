/**
 * What a browser needs of the catalog: metrics with their label sets and buckets, the close-code policy, and how a frame
 * is named. No help texts, no targets. Every export can be dropped by a bundler on its own.
 */
export {
  CLOSE_CONSEQUENCES,
  type CloseCodeLabel,
  type CloseConsequence,
  closeCodeLabel,
  closeConsequence,
  NO_CLOSE_FRAME,
  NO_STATUS,
  NORMAL_CLOSE,
  WITHOUT_CLOSE_FRAME,
} from "./close-code-label.ts";
export { type ClosePolicy, closePolicy, SERVER_CLOSE_CODES } from "./close-codes.ts";
export {
  CLIENT_FRAME_EVENTS,
  type ClientFrameEvent,
  SERVER_FRAME_EVENTS,
  type ServerFrameEvent,
} from "./frames/frame-events.ts";
export { type FrameOpening, frameEvent, frameOpening } from "./frames/frame-name.ts";
export type {
  AssistantDeltaFrame,
  ClientFrame,
  PendingReply,
  ServerFrame,
  Turn,
} from "./frames/frame-types.ts";
export { bucketCount } from "./histogram-shape.ts";
export {
  type ClientCloseCode,
  CONNECT_TRIGGER,
  type ConnectionState,
  type ConnectOutcome,
  type ConnectTrigger,
  type EndedBy,
  type EpisodeAfter,
  type EpisodeOutcome,
  type HandshakeFailureCause,
  type LatencyExclusion,
  type Phase,
  type ReloadedSocket,
  SESSION_AGE,
  type SessionAge,
  type TelemetryLoss,
} from "./labels/client.ts";
export {
  AFFECTED_AGAIN_MS,
  AFTERMATH_MS,
  CONNECT_TIMEOUT_MS,
  PATIENCE_MS,
  SILENT_GIVE_UP_MS,
  STABLE_UPTIME_MS,
  UNANSWERED_CLOSE_MS,
  WAKE_AFTERMATH_MS,
} from "./measurement-times.ts";
export type {
  BucketLayout,
  Counter,
  EnumeratedLabel,
  Gauge,
  Histogram,
  LabelSet,
  Metric,
  NoLabels,
} from "./metric.ts";
export * from "./metrics/client.ts";
