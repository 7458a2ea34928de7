import type { Catalog } from "@sockscope/catalog";
import { and, compare } from "@sockscope/promql";
import {
  BURN_WINDOWS,
  type BurnWindow,
  errorBudget,
  recorded,
  UNANSWERED_RATIOS,
  userMessages,
} from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

function burns(catalog: Catalog, { long, short, burnRate, severity, holds }: BurnWindow): AlertRule {
  const { fewestUnanswered } = catalog.thresholds.WsDeliveryErrorBudgetBurn;
  const share = burnRate * errorBudget(catalog.targets.message_delivery);
  const both = and(
    compare(recorded(UNANSWERED_RATIOS[long]), ">", share),
    compare(recorded(UNANSWERED_RATIOS[short]), ">", share),
  );
  return {
    name: "WsDeliveryErrorBudgetBurn",
    summary: "Too many messages stay without an answer for the target to hold.",
    severity,
    labels: { long, short },
    expression: and(both, compare(userMessages(long), ">=", Math.round(fewestUnanswered / share))),
    holds,
  };
}

/** When WsDeliveryErrorBudgetBurn fires. */
export function wsDeliveryErrorBudgetBurnRules(catalog: Catalog): readonly AlertRule[] {
  return BURN_WINDOWS.map((window) => burns(catalog, window));
}
