import { CONNECT_SUCCESS_TARGET } from "@sockscope/catalog";
import { and, compare } from "@sockscope/promql";
import {
  BURN_WINDOWS,
  type BurnWindow,
  CONNECT_ERROR_RATIOS,
  connectErrors,
  errorBudget,
  recorded,
} from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** Fewer users than this without a connection are the visitors of a quiet night. */
export const FEWEST_ERRORS = 10;

function burns({ long, short, burnRate, severity, holds }: BurnWindow): AlertRule {
  const share = burnRate * errorBudget(CONNECT_SUCCESS_TARGET);
  const both = and(
    compare(recorded(CONNECT_ERROR_RATIOS[long]), ">", share),
    compare(recorded(CONNECT_ERROR_RATIOS[short]), ">", share),
  );
  return {
    name: "WsConnectErrorBudgetBurn",
    summary: "Too many users get no connection for the target to hold.",
    severity,
    labels: { long, short },
    expression: and(both, compare(connectErrors(long), ">=", FEWEST_ERRORS)),
    holds,
  };
}

/** When WsConnectErrorBudgetBurn fires. */
export const WS_CONNECT_ERROR_BUDGET_BURN_RULES: readonly AlertRule[] = BURN_WINDOWS.map(burns);
