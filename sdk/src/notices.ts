import {
  type Counter,
  DUPLICATES_DROPPED,
  DUPLICATES_RENDERED,
  type LabelSet,
  STALE_FRAMES_DROPPED,
  TOKEN_REFRESHES,
} from "@sockscope/catalog/runtime";

/** What only a client knows, and no socket's event tells. */
export type ClientNotice =
  | "duplicate dropped"
  | "duplicate rendered"
  | "stale frame dropped"
  | "token refresh succeeded"
  | "token refresh failed"
  | "token refresh cancelled";

/** Where each is counted. */
export const NOTICES: Readonly<Record<ClientNotice, readonly [counter: Counter, labels: LabelSet]>> = {
  "duplicate dropped": [DUPLICATES_DROPPED, {}],
  "duplicate rendered": [DUPLICATES_RENDERED, {}],
  "stale frame dropped": [STALE_FRAMES_DROPPED, {}],
  "token refresh succeeded": [TOKEN_REFRESHES, { outcome: "succeeded" }],
  "token refresh failed": [TOKEN_REFRESHES, { outcome: "failed" }],
  "token refresh cancelled": [TOKEN_REFRESHES, { outcome: "cancelled" }],
} as Readonly<Record<ClientNotice, readonly [Counter, LabelSet]>>;
