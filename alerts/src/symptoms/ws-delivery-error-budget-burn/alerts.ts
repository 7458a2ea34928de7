import { boundText, type Catalog } from "@sockscope/catalog";
import { and, compare, rangeInWords } from "@sockscope/promql";
import {
  BURN_WINDOWS,
  type BurnWindow,
  errorBudget,
  recorded,
  UNANSWERED_RATIOS,
  userMessages,
} from "@sockscope/slo";
import { type AlertRule, APP, SHARE } from "../alert.ts";
import { burningText } from "../burning.ts";
import { panelOf } from "../panel-of.ts";

function burns(catalog: Catalog, window: BurnWindow): AlertRule {
  const { long, short, burnRate, severity, holds } = window;
  const { fewestUnanswered } = catalog.thresholds.WsDeliveryErrorBudgetBurn;
  const target = catalog.targets.message_delivery;
  const share = burnRate * errorBudget(target);
  const both = and(
    compare(recorded(UNANSWERED_RATIOS[long]), ">", share),
    compare(recorded(UNANSWERED_RATIOS[short]), ">", share),
  );
  return {
    severity,
    labels: { long, short },
    expression: and(both, compare(userMessages(long), ">=", Math.round(fewestUnanswered / share))),
    holds,
    description: `Within the last ${rangeInWords(long)}, ${SHARE} of what users of ${APP} wrote had no answer on the page in ${boundText(target.objective)}: ${burningText(target, window)}`,
    panel: panelOf(catalog, "How fast the budget of missing answers burns"),
  };
}

/** When WsDeliveryErrorBudgetBurn fires, and what it says. */
export function wsDeliveryErrorBudgetBurnRules(catalog: Catalog): readonly AlertRule[] {
  return BURN_WINDOWS.map((window) => burns(catalog, window));
}
