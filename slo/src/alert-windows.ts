import type { Period } from "@sockscope/catalog";

/** Over which time alerts count whose number a panel shows, too, where neither a target nor a recording rule says it. */
export interface AlertWindows {
  /** In which sessions are counted, and in which the pages are looked for that the share is of: those that are told leave. */
  readonly WsAuthCloseSpike: { readonly sessions: Period; readonly pages: Period };
  /** In which the most connections are looked for, and in which browsers may have seen them cut. */
  readonly WsMassDisconnect: { readonly most: Period; readonly veto: Period };
  readonly WsMessageLatencyHigh: { readonly messages: Period };
  /** `beforeNow` is left out of the mean of the day before that a share is held against. */
  readonly WsMessagesNotAppearing: { readonly dropped: Period; readonly beforeNow: Period };
  readonly WsMessageSendErrors: { readonly frames: Period };
  /** Long enough to be seen, short enough to say when. */
  readonly WsDuplicateMessages: { readonly shown: Period };
  readonly WsCollectorRejecting: { readonly batches: Period };
  /** Gaps become certain only after half an hour; `beforeNow` as above. */
  readonly WsClientTelemetryLost: { readonly gaps: Period; readonly beforeNow: Period };
}

/** Those that a panel shows, too: it reads them here, so that it and the alert speak of the same. */
export const ALERT_WINDOWS: AlertWindows = {
  WsAuthCloseSpike: { sessions: "5m", pages: "10m" },
  WsMassDisconnect: { most: "10m", veto: "15m" },
  WsMessageLatencyHigh: { messages: "10m" },
  WsMessagesNotAppearing: { dropped: "10m", beforeNow: "15m" },
  WsMessageSendErrors: { frames: "5m" },
  WsDuplicateMessages: { shown: "1h" },
  WsCollectorRejecting: { batches: "10m" },
  WsClientTelemetryLost: { gaps: "1h", beforeNow: "45m" },
};
