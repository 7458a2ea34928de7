import type { Period } from "@sockscope/catalog";

/** Over which time an alert counts, where a panel shows it, too, and neither a target nor a recording rule says it. */
export interface AlertWindows {
  /** In which sessions are counted, and in which the pages are looked for that the share is of: those that are told leave. */
  readonly WsAuthCloseSpike: { readonly sessions: Period; readonly pages: Period };
  /** In which closes are counted, and in which the connections are looked for that the share is of. */
  readonly WsInternalErrorCloseSpike: { readonly closes: Period; readonly open: Period };
  /**
   * In which the most connections are looked for, and in which browsers may have seen them cut; `outage` is both for connections
   * that do not come back.
   */
  readonly WsMassDisconnect: { readonly most: Period; readonly veto: Period; readonly outage: Period };
  /** In which a target that the day has missed is missed still, so that nobody is told for a day of what is over. */
  readonly WsConnectionUptimeLow: { readonly lately: Period };
  readonly WsMessageLatencyHigh: { readonly messages: Period };
  /** `beforeNow` is left out of the mean of the day before that a share is held against. */
  readonly WsMessagesNotAppearing: { readonly dropped: Period; readonly beforeNow: Period };
  readonly WsHandshakeForbidden: { readonly handshakes: Period };
  /** A day of sessions; the target looks at a week. */
  readonly WsClientMemoryGrowth: { readonly sessions: Period };
  readonly WsMessageSendErrors: { readonly frames: Period };
  /** Long enough to be seen, short enough to say when. */
  readonly WsDuplicateMessages: { readonly shown: Period };
  /** In which batches are counted, and in which the refusals that no page can help. */
  readonly WsCollectorRejecting: { readonly batches: Period; readonly turnedAway: Period };
  /** Gaps become certain only after half an hour; `beforeNow` as above. */
  readonly WsClientTelemetryLost: { readonly gaps: Period; readonly beforeNow: Period };
}

/** Those that a panel shows, too, so that both speak of the same; what only its rules read stands with the alert. */
export const ALERT_WINDOWS: AlertWindows = {
  WsAuthCloseSpike: { sessions: "5m", pages: "10m" },
  WsInternalErrorCloseSpike: { closes: "5m", open: "10m" },
  WsMassDisconnect: { most: "10m", veto: "15m", outage: "1h" },
  WsConnectionUptimeLow: { lately: "6h" },
  WsMessageLatencyHigh: { messages: "10m" },
  WsMessagesNotAppearing: { dropped: "10m", beforeNow: "15m" },
  WsHandshakeForbidden: { handshakes: "5m" },
  WsClientMemoryGrowth: { sessions: "1d" },
  WsMessageSendErrors: { frames: "5m" },
  WsDuplicateMessages: { shown: "1h" },
  WsCollectorRejecting: { batches: "10m", turnedAway: "5m" },
  WsClientTelemetryLost: { gaps: "1h", beforeNow: "45m" },
};
