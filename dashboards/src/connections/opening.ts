import { CONNECT_ATTEMPTS, CONNECT_DURATION } from "@sockscope/catalog";
import { histogramQuantile, rate, sumBy } from "@sockscope/promql";
import { CONNECT_OUTCOME_LOOKS } from "../close-looks.ts";
import { graph } from "../graph.ts";
import type { PanelSpec } from "../panel.ts";
import { QUANTILES } from "./quantiles.ts";
import { APP, WIDE_WINDOW, WIDE_WINDOW_IN_WORDS, WINDOW } from "./windows.ts";

/** How connections come about. */
export const OPENING: readonly PanelSpec[] = [
  graph(
    {
      id: 7,
      width: 6,
      height: 8,
      title: "Connect attempts, by outcome",
      description:
        "Retries included, counted when decided. `failed`: never opened. `timed_out`: nobody answered. `rejected`: opened and then closed for good, such as 4401. `dropped`: opened and gone at once. `aborted`: the page's own doing.",
      unit: "cps",
      queries: [
        { expression: sumBy(["outcome"], rate(CONNECT_ATTEMPTS, APP, WINDOW)), legend: "{{outcome}}" },
      ],
    },
    { looks: CONNECT_OUTCOME_LOOKS },
  ),
  graph({
    id: 8,
    width: 6,
    height: 8,
    title: "Time to connect",
    description: `From creating the socket to its open event, of the attempts of ${WIDE_WINDOW_IN_WORDS} that count as opened.`,
    unit: "s",
    queries: QUANTILES.map((quantile) => ({
      expression: histogramQuantile(quantile, CONNECT_DURATION, APP, WIDE_WINDOW),
      legend: `p${quantile * 100}`,
    })),
  }),
];
