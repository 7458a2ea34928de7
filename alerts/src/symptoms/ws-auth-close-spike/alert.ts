import type { Catalog } from "@sockscope/catalog";
import { AFFECTED_SESSIONS_PANEL_ID, connections } from "@sockscope/dashboards";
import { rangeInWords } from "@sockscope/promql";
import { authenticationCodes } from "@sockscope/slo";
import type { Alert } from "../alert.ts";
import { panelOf } from "../panel-of.ts";
import { PAGES_RANGE, SPIKE_RANGE, wsAuthCloseSpikeRule } from "./expression.ts";

/** Users are being logged out of their chats. */
export function wsAuthCloseSpike(catalog: Catalog): Alert {
  return {
    ...wsAuthCloseSpikeRule(catalog),
    description: `Within the last ${rangeInWords(SPIKE_RANGE)}, {{ $value | humanizePercentage }} of the pages of {{ $labels.app }} were closed for failed authentication (close code ${authenticationCodes(catalog).join(" or ")}), of the most that were open at a time within ${rangeInWords(PAGES_RANGE)}.`,
    panel: panelOf(connections(catalog), AFFECTED_SESSIONS_PANEL_ID),
  };
}
