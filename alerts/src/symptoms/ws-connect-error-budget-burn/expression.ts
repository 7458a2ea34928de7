import type { Catalog } from "@sockscope/catalog";
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

function burns(catalog: Catalog, { long, short, burnRate, severity, holds }: BurnWindow): AlertRule {
  const { fewestErrors } = catalog.thresholds.WsConnectErrorBudgetBurn;
  const share = burnRate * errorBudget(catalog.targets.connect_success);
  const both = and(
    compare(recorded(CONNECT_ERROR_RATIOS[long]), ">", share),
    compare(recorded(CONNECT_ERROR_RATIOS[short]), ">", share),
  );
  return {
    name: "WsConnectErrorBudgetBurn",
    summary: "Too many users get no connection for the target to hold.",
    severity,
    labels: { long, short },
    expression: and(both, compare(connectErrors(long), ">=", fewestErrors)),
    holds,
  };
}

/** When WsConnectErrorBudgetBurn fires. */
export function wsConnectErrorBudgetBurnRules(catalog: Catalog): readonly AlertRule[] {
  return BURN_WINDOWS.map((window) => burns(catalog, window));
}
