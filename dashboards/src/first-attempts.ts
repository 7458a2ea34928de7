import { type Catalog, CONNECT_ATTEMPTS } from "@sockscope/catalog";
import { compare, increase, rate, ratio, smallest, sumBy } from "@sockscope/promql";
import {
  DECIDED_FIRST_ATTEMPTS,
  errorBudget,
  FASTEST_BURN_RATE,
  OPENED_FIRST_ATTEMPTS,
} from "@sockscope/slo";
import type { PanelSize } from "./grid.ts";
import { type BigNumberOptions, bigNumber } from "./panels/big-number.ts";
import { judged } from "./panels/judged.ts";
import { pagedSteps } from "./panels/paged-steps.ts";
import type { PanelSpec } from "./panels/panel.ts";
import { APP, WIDE_WINDOW, WIDE_WINDOW_IN_WORDS } from "./windows.ts";

/** Below this share of first attempts, the fastest burn of the budget pages. */
function pagedShare({ targets }: Catalog): number {
  return Math.max(0, 1 - FASTEST_BURN_RATE * errorBudget(targets.connect_success));
}

/** Can users connect? */
export function firstAttemptsPanel(
  catalog: Catalog,
  place: PanelSize & { readonly id: number; readonly title: string },
  options: BigNumberOptions = {},
): PanelSpec {
  const { fewestErrors } = catalog.thresholds.WsConnectErrorBudgetBurn;
  return bigNumber(
    {
      ...place,
      description: `Of the first attempts that were decided within the last ${WIDE_WINDOW_IN_WORDS}; without those that the page itself gave up, and without retries, which would let one user count many times; of the app where it is smallest. Grey where fewer than ${fewestErrors} tried.`,
      unit: "percentunit",
      queries: judged({
        value: ratio(
          sumBy(["app"], rate(CONNECT_ATTEMPTS, { ...APP, ...OPENED_FIRST_ATTEMPTS }, WIDE_WINDOW)),
          sumBy(["app"], rate(CONNECT_ATTEMPTS, { ...APP, ...DECIDED_FIRST_ATTEMPTS }, WIDE_WINDOW)),
        ),
        enough: compare(
          sumBy(["app"], increase(CONNECT_ATTEMPTS, { ...APP, ...DECIDED_FIRST_ATTEMPTS }, WIDE_WINDOW)),
          ">=",
          fewestErrors,
        ),
        worst: (values) => smallest(1, values),
        legend: "{{app}}",
      }),
      emptyWhere: "nobody tried to connect",
      alerts: ["WsConnectErrorBudgetBurn"],
    },
    {
      ...options,
      colors: pagedSteps({
        pagesAt: pagedShare(catalog),
        warnsAt: catalog.targets.connect_success.objective.share,
        badSide: "below",
      }),
    },
  );
}
