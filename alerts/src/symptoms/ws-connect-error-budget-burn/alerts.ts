import type { Catalog } from "@sockscope/catalog";
import { and, compare, rangeInWords } from "@sockscope/promql";
import {
  BURN_WINDOWS,
  type BurnWindow,
  CONNECT_ERROR_RATIOS,
  connectErrors,
  errorBudget,
  recorded,
} from "@sockscope/slo";
import { type AlertRule, APP, SHARE } from "../alert.ts";
import { burningText } from "../burning.ts";
import { panelOf } from "../panel-of.ts";

function burns(catalog: Catalog, window: BurnWindow): AlertRule {
  const { long, short, burnRate, severity, holds } = window;
  const { fewestErrors } = catalog.thresholds.WsConnectErrorBudgetBurn;
  const target = catalog.targets.connect_success;
  const share = burnRate * errorBudget(target);
  const both = and(
    compare(recorded(CONNECT_ERROR_RATIOS[long]), ">", share),
    compare(recorded(CONNECT_ERROR_RATIOS[short]), ">", share),
  );
  return {
    severity,
    labels: { long, short },
    expression: and(both, compare(connectErrors(long), ">=", fewestErrors)),
    holds,
    description: `Within the last ${rangeInWords(long)}, ${SHARE} of the first attempts of ${APP} got no connection: ${burningText(target, window)}`,
    panel: panelOf(catalog, "How fast the budget of connect errors burns"),
  };
}

/** When WsConnectErrorBudgetBurn fires, and what it says. */
export function wsConnectErrorBudgetBurnRules(catalog: Catalog): readonly AlertRule[] {
  return BURN_WINDOWS.map((window) => burns(catalog, window));
}
