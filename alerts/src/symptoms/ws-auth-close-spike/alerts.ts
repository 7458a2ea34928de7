import type { Catalog } from "@sockscope/catalog";
import { and, compare, rangeInWords } from "@sockscope/promql";
import { ALERT_WINDOWS, authenticationCodes, sessionsSignedOut, signedOutShare } from "@sockscope/slo";
import { type AlertRule, APP, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

const { sessions: SPIKE_RANGE, pages: PAGES_RANGE } = ALERT_WINDOWS.WsAuthCloseSpike;

/** When WsAuthCloseSpike fires, and what it says. */
export function wsAuthCloseSpikeRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestSessions } = catalog.thresholds.WsAuthCloseSpike;
  return [
    {
      severity: "page",
      expression: and(
        compare(signedOutShare(catalog), ">", share),
        compare(sessionsSignedOut(catalog), ">=", fewestSessions),
      ),
      holds: "2m",
      // A wave locks users out for longer than the five minutes in which it is counted.
      keepFiringFor: "15m",
      description: `Within the last ${rangeInWords(SPIKE_RANGE)}, ${SHARE} of the pages of ${APP} were closed for failed authentication (close code ${authenticationCodes(catalog).join(" or ")}), of the most that were open at a time within ${rangeInWords(PAGES_RANGE)}.`,
      panel: panelOf(catalog, "Sessions signed out, against the alert"),
    },
  ];
}
