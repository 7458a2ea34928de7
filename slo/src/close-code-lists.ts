import {
  CLOSE_CODE_LABELS,
  CLOSE_POLICIES,
  type CloseCodeLabel,
  closeCodeLabel,
  SERVER_CLOSE_CODES,
} from "@sockscope/catalog";

/** The server's drain, and an endpoint that goes away: reconnecting is what they ask for. */
const PLANNED: readonly CloseCodeLabel[] = [closeCodeLabel(SERVER_CLOSE_CODES.restart), "1001"];

/** After these a client reconnects, and nobody had planned it. */
export const UNPLANNED_RETRY_CODES: readonly CloseCodeLabel[] = CLOSE_CODE_LABELS.filter(
  (code) => CLOSE_POLICIES[code].action === "retry" && !PLANNED.includes(code),
);

/** After these a user is told that authentication failed. */
export const AUTHENTICATION_CODES: readonly CloseCodeLabel[] = CLOSE_CODE_LABELS.filter(
  (code) => CLOSE_POLICIES[code].userSees === "authentication failed",
);

/** The server met a condition that it did not expect. */
export const INTERNAL_ERROR_CODE: CloseCodeLabel = closeCodeLabel(SERVER_CLOSE_CODES.internal_error);
