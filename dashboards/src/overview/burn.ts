import type { Catalog, Share, ShareAtBound, Target } from "@sockscope/catalog";
import { clampMin, compare, divide, type Expression, maxBy, or, rangeInWords } from "@sockscope/promql";
import {
  BURN_WINDOWS,
  type BurnRange,
  type BurnWindow,
  CONNECT_ERROR_RATIOS,
  errorBudget,
  type RangedRule,
  recorded,
  UNANSWERED_RATIOS,
} from "@sockscope/slo";
import { graph } from "../panels/graph.ts";
import type { PanelSpec, PanelText, Query } from "../panels/panel.ts";
import { ofChosenApps, WORST_IN_WORDS, worstSincePoint } from "../windows.ts";

type Ratios = Readonly<Record<BurnRange, RangedRule<"app">>>;

/** What burns over both windows: the alert asks for each of them, so the lesser one decides. */
function overBoth(ratios: Ratios, { long, short }: BurnWindow): Expression<"app"> {
  const [over, lately] = [recorded(ratios[long]), recorded(ratios[short])];
  return or(compare(over, "<", lately), lately);
}

/** How much of what fires burns; of several environments, the one where most does: shares cannot be added. */
function ofItsLine(ratios: Ratios, window: BurnWindow, budget: number): Expression<"app"> {
  // Answers to what was written before the window are no negative errors.
  const worst = clampMin(maxBy(["app"], ofChosenApps(overBoth(ratios, window))), 0);
  return divide(worst, window.burnRate * budget);
}

function queriesOf(ratios: Ratios, target: Target<Share | ShareAtBound>): Query[] {
  return BURN_WINDOWS.map((window) => ({
    refId: `over_${window.long}`,
    ...worstSincePoint(ofItsLine(ratios, window, errorBudget(target)), "above"),
    legend: `${rangeInWords(window.long)} at ${window.burnRate} (${window.severity}), {{app}}`,
  }));
}

function burnPanel(
  text: Pick<PanelText, "id" | "title" | "alerts">,
  target: Target<Share | ShareAtBound>,
  ratios: Ratios,
): PanelSpec {
  const windows = BURN_WINDOWS.map(({ long, short, burnRate }) => `${burnRate} over ${long} and ${short}`);
  return graph(
    {
      ...text,
      width: 12,
      height: 8,
      description: `How much of what an alert asks for burns, a line for each of its pairs of windows: ${windows.join(", ")} times the rate that uses up the budget in just its ${target.per}. Of both windows the one that burns less, since both have to; above the line it fires, where there are enough errors. ${WORST_IN_WORDS}`,
      unit: "percentunit",
      traits: ["may be more than all", "of the extreme part"],
      queries: queriesOf(ratios, target),
      emptyWhere: "nobody connected or wrote",
    },
    { line: { at: 1, badSide: "above" } },
  );
}

/** How fast the error budgets burn, each against what fires. */
export function burn({ targets }: Catalog): readonly PanelSpec[] {
  return [
    burnPanel(
      {
        id: 22,
        title: "How fast the budget of connect errors burns",
        alerts: ["WsConnectErrorBudgetBurn"],
      },
      targets.connect_success,
      CONNECT_ERROR_RATIOS,
    ),
    burnPanel(
      {
        id: 23,
        title: "How fast the budget of missing answers burns",
        alerts: ["WsDeliveryErrorBudgetBurn"],
      },
      targets.message_delivery,
      UNANSWERED_RATIOS,
    ),
  ];
}
