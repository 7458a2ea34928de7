import { AFFECTED_SESSIONS_PANEL, CONNECTIONS } from "@sockscope/dashboards";
import { rangeInWords } from "@sockscope/promql";
import { AUTHENTICATION_CODES } from "@sockscope/slo";
import type { Alert } from "../alert.ts";
import { SPIKE_RANGE, WS_AUTH_CLOSE_SPIKE_RULE } from "./expression.ts";

/** Users are being logged out of their chats. */
export const WS_AUTH_CLOSE_SPIKE: Alert = {
  ...WS_AUTH_CLOSE_SPIKE_RULE,
  description: `Within the last ${rangeInWords(SPIKE_RANGE)}, {{ $value | humanizePercentage }} of the open pages of {{ $labels.app }} were closed for failed authentication (close code ${AUTHENTICATION_CODES.join(" or ")}).`,
  panel: { dashboard: CONNECTIONS, panel: AFFECTED_SESSIONS_PANEL },
};
