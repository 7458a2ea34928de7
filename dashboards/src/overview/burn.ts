import type { Catalog } from "@sockscope/catalog";
import { clampMin, divide, type Expression, maxBy, rangeInWords } from "@sockscope/promql";
import {
  CONNECT_ERROR_RATIOS,
  errorBudget,
  FASTEST_BURN_RATE,
  recorded,
  UNANSWERED_RATIOS,
} from "@sockscope/slo";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { ofChosenApps } from "../windows.ts";

/** The window of the fastest burn that pages. */
const LONG = "1h";

/** Of several environments, the one where most fails: shares cannot be added. */
function worstOf(ratio: Expression<"app">): Expression<"app"> {
  // Answers to what was written before the window are no negative errors.
  return clampMin(maxBy(["app"], ofChosenApps(ratio)), 0);
}

/** How fast the error budgets burn: 1 uses up just what is allowed. */
export function burn({ targets }: Catalog): PanelSpec {
  const { connect_success, message_delivery } = targets;
  return graph(
    {
      id: 22,
      width: 24,
      height: 8,
      title: "How fast the error budgets burn",
      description: `Errors of the last ${rangeInWords(LONG)} for each error that is allowed. At 1 the budget lasts just its ${connect_success.per}; at the line it pages, where the last minutes burn as fast.`,
      unit: "none",
      queries: [
        {
          refId: "connect",
          expression: divide(worstOf(recorded(CONNECT_ERROR_RATIOS[LONG])), errorBudget(connect_success)),
          legend: "connect, {{app}}",
        },
        {
          refId: "answers",
          expression: divide(worstOf(recorded(UNANSWERED_RATIOS[LONG])), errorBudget(message_delivery)),
          legend: "answers, {{app}}",
        },
      ],
      emptyWhere: "nobody connected or wrote",
      alerts: ["WsConnectErrorBudgetBurn", "WsDeliveryErrorBudgetBurn"],
    },
    { line: { at: FASTEST_BURN_RATE, badSide: "above" } },
  );
}
