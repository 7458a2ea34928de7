import type { EnumeratedLabel } from "../metric.ts";

/** How far a connection came before it closed: the same code before and after `open` is two different faults. */
export type Phase = "never_opened" | "opened";
/** The domain of {@link Phase}. */
export const PHASE: EnumeratedLabel<Phase> = { kind: "enumerated", values: ["never_opened", "opened"] };

/** How a connect attempt ended. `aborted`: the page itself gave it up, so it says nothing about the service. */
export type ConnectOutcome = "opened" | "failed" | "aborted";
/** The domain of {@link ConnectOutcome}. */
export const CONNECT_OUTCOME: EnumeratedLabel<ConnectOutcome> = {
  kind: "enumerated",
  values: ["opened", "failed", "aborted"],
};

/** Why a connect attempt was made. `unspecified`: the application did not say. */
export type ConnectTrigger =
  | "initial"
  | "backoff"
  | "online"
  | "visible"
  | "pageshow"
  | "resume"
  | "manual"
  | "advice"
  | "token_refresh"
  | "unspecified";
/** The domain of {@link ConnectTrigger}. */
export const CONNECT_TRIGGER: EnumeratedLabel<ConnectTrigger> = {
  kind: "enumerated",
  values: [
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
  ],
};

/** How an episode ended. `abandoned`: the user left before it was decided. */
export type EpisodeOutcome = "recovered" | "gave_up" | "abandoned";
/** The domain of {@link EpisodeOutcome}. */
export const EPISODE_OUTCOME: EnumeratedLabel<EpisodeOutcome> = {
  kind: "enumerated",
  values: ["recovered", "gave_up", "abandoned"],
};

/** How a call of the application's `refreshAccessToken` ended. */
export type TokenRefreshOutcome = "succeeded" | "failed" | "cancelled";
/** The domain of {@link TokenRefreshOutcome}. */
export const TOKEN_REFRESH_OUTCOME: EnumeratedLabel<TokenRefreshOutcome> = {
  kind: "enumerated",
  values: ["succeeded", "failed", "cancelled"],
};

/** The state of the socket when the user pressed reload: `unhealthy` means that we made them do it. */
export type SocketHealth = "healthy" | "unhealthy";
/** The domain of {@link SocketHealth}. */
export const SOCKET_HEALTH: EnumeratedLabel<SocketHealth> = {
  kind: "enumerated",
  values: ["healthy", "unhealthy"],
};

/**
 * Where the SDK had to drop something: `queue` more waited than fits the queue or a batch, `refused` by the collector,
 * `expired` too old to be deduplicated, `value` not a finite number, `internal` a fault of the SDK's own.
 */
export type TelemetryLoss = "queue" | "refused" | "expired" | "value" | "internal";
/** The domain of {@link TelemetryLoss}. */
export const TELEMETRY_LOSS: EnumeratedLabel<TelemetryLoss> = {
  kind: "enumerated",
  values: ["queue", "refused", "expired", "value", "internal"],
};
