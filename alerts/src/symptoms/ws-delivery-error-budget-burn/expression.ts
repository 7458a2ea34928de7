import { MESSAGE_DELIVERY_TARGET } from "@sockscope/catalog";
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

/** Users have to have written so much that at the window's burn rate this many messages were left without an answer. */
export const FEWEST_UNANSWERED = 10;

function burns({ long, short, burnRate, severity, holds }: BurnWindow): AlertRule {
  const share = burnRate * errorBudget(MESSAGE_DELIVERY_TARGET);
  const both = and(
    compare(recorded(UNANSWERED_RATIOS[long]), ">", share),
    compare(recorded(UNANSWERED_RATIOS[short]), ">", share),
  );
  return {
    name: "WsDeliveryErrorBudgetBurn",
    summary: "Too many messages stay without an answer for the target to hold.",
    severity,
    labels: { long, short },
    expression: and(both, compare(userMessages(long), ">=", Math.round(FEWEST_UNANSWERED / share))),
    holds,
  };
}

/** When WsDeliveryErrorBudgetBurn fires. */
export const WS_DELIVERY_ERROR_BUDGET_BURN_RULES: readonly AlertRule[] = BURN_WINDOWS.map(burns);
