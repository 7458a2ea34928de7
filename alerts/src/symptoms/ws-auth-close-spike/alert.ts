import type { Catalog } from "@sockscope/catalog";
import { AFFECTED_SESSIONS_PANEL_ID, connections } from "@sockscope/dashboards";
import { rangeInWords } from "@sockscope/promql";
import { authenticationCodes } from "@sockscope/slo";
import type { Alert } from "../alert.ts";
import { panelOf } from "../panel-of.ts";
import { SPIKE_RANGE, wsAuthCloseSpikeRule } from "./expression.ts";

/** Users are being logged out of their chats. */
export function wsAuthCloseSpike(catalog: Catalog): Alert {
  return {
    ...wsAuthCloseSpikeRule(catalog),
    description: `Within the last ${rangeInWords(SPIKE_RANGE)}, {{ $value | humanizePercentage }} of the open pages of {{ $labels.app }} were closed for failed authentication (close code ${authenticationCodes(catalog).join(" or ")}).`,
    panel: panelOf(connections(catalog), AFFECTED_SESSIONS_PANEL_ID),
  };
}
