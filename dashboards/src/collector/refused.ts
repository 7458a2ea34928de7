import { type Catalog, COLLECTOR_BATCHES, COLLECTOR_REFUSALS, type Period } from "@sockscope/catalog";
import { compare, increase, largest, rangeInWords, rate, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS, REFUSED_SHARE, TURNED_AWAY } from "@sockscope/slo";
import { BATCH_LOOKS, REFUSAL_LOOKS } from "../looks/collector-looks.ts";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { momentTable } from "../panels/table.ts";
import {
  happening,
  WINDOW,
  WORST_IN_WORDS,
  worstEnvironment,
  worstEnvironmentTraits,
  worstSincePoint,
} from "../windows.ts";

const TABLE_RANGE: Period = "1h";
const MOST_ROWS = 20;

const { batches: BATCHES_RANGE, turnedAway: TURNED_AWAY_RANGE } = ALERT_WINDOWS.WsCollectorRejecting;

function judgedPanels(catalog: Catalog): readonly PanelSpec[] {
  const { refusedShare, fewestRefused, fewestTurnedAway } = catalog.thresholds.WsCollectorRejecting;
  return [
    graph(
      {
        id: 21,
        width: 12,
        height: 8,
        title: "Batches refused, against the alert",
        description: `Of the requests that carried a batch within ${rangeInWords(BATCHES_RANGE)}, as the collectors of each job count them, of every app and of none. ${WORST_IN_WORDS} Above the line, from ${fewestRefused} batches on, is a ticket: honest pages whose measurements do not arrive. Of several environments, the worst.`,
        unit: "percentunit",
        traits: ["of every app", ...worstEnvironmentTraits(catalog)],
        queries: [
          {
            refId: "refused",
            ...worstSincePoint(worstEnvironment(catalog, REFUSED_SHARE, "above"), "above"),
            legend: "{{job}}",
          },
        ],
        emptyWhere: "no batch came",
        alerts: ["WsCollectorRejecting"],
      },
      { line: { at: refusedShare, badSide: "above" } },
    ),
    graph(
      {
        id: 22,
        width: 12,
        height: 8,
        title: "Pages turned away, against the alert",
        description: `Requests within ${rangeInWords(TURNED_AWAY_RANGE)} that the collectors of a job refused though the page did nothing wrong, of every app. ${WORST_IN_WORDS} Above the line somebody is woken up: \`SESSIONS_FULL\` is a collector without room, \`INTERNAL\` a fault of its own. Of several environments, the worst.`,
        unit: "short",
        traits: ["of every app", ...worstEnvironmentTraits(catalog)],
        queries: [
          {
            refId: "turned_away",
            ...worstSincePoint(worstEnvironment(catalog, TURNED_AWAY, "above"), "above"),
            legend: "{{job}} {{code}}",
          },
        ],
        emptyWhere: "no collector is scraped",
        alerts: ["WsCollectorRejecting"],
      },
      { line: { at: fewestTurnedAway, badSide: "above" } },
    ),
  ];
}

const COUNTED: readonly PanelSpec[] = [
  graph(
    {
      id: 13,
      width: 12,
      height: 8,
      title: "Batches, by result",
      description:
        "Requests that carried a batch, as the collectors count them, of every app and of none. Red is measurements that do not arrive. `duplicate` is a retry of what had arrived, and no fault: many of them are answers that do not reach the page.",
      unit: "cps",
      traits: ["of every app"],
      queries: [
        {
          refId: "batches",
          expression: happening(sumBy(["result"], rate(COLLECTOR_BATCHES, {}, WINDOW))),
          legend: "{{result}}",
        },
      ],
      emptyWhere: "no batch came",
      alerts: ["WsCollectorRejecting"],
    },
    { draw: "stacked bars", looks: BATCH_LOOKS },
  ),
  graph(
    {
      id: 14,
      width: 12,
      height: 8,
      title: "Requests refused, by code",
      description:
        "As the collectors count them, of every app and of none. `PATH`, `METHOD` and `HTTP` are scanners. `SESSIONS_FULL` and `INTERNAL` are the collector's own doing, and a page; `APP`, `KEY` and `ORIGIN` a configuration that does not fit the pages; `DRAINING` a rollout.",
      unit: "cps",
      traits: ["of every app"],
      queries: [
        {
          refId: "refusals",
          expression: happening(sumBy(["code"], rate(COLLECTOR_REFUSALS, {}, WINDOW))),
          legend: "{{code}}",
        },
      ],
      emptyWhere: "nothing was refused",
      alerts: ["WsCollectorRejecting"],
    },
    { draw: "stacked bars", looks: REFUSAL_LOOKS },
  ),
];

const TABLE: PanelSpec = momentTable(
  {
    id: 15,
    width: 24,
    height: 9,
    title: "Whose requests are refused, and why",
    description: `Requests within the last ${rangeInWords(TABLE_RANGE)}, as the collectors count them; the ${MOST_ROWS} most frequent, of every app whatever is chosen. \`other\` named no app that is configured: a scanner, or a page whose app is misspelt. The collector's log and its /status have a sample of what was wrong.`,
    unit: "short",
    traits: ["of every app"],
    queries: [
      {
        refId: "refusals",
        expression: largest(
          MOST_ROWS,
          compare(sumBy(["app", "code"], increase(COLLECTOR_REFUSALS, {}, TABLE_RANGE)), ">", 0),
        ),
        legend: "{{app}} {{code}}",
      },
    ],
    emptyWhere: "nothing was refused",
    alerts: ["WsCollectorRejecting"],
  },
  {
    columns: [
      { field: "app", title: "App" },
      { field: "code", title: "Code" },
      // The value of a panel's only query has no refId to its name.
      { field: "Value", title: "Requests", decimals: 0 },
    ],
    sortedBy: { title: "Requests", descending: true },
  },
);

/** Who is turned away, and why. Of every app, whatever is chosen: a page whose app is misspelt is `other`. */
export function refused(catalog: Catalog): readonly PanelSpec[] {
  return [...COUNTED, ...judgedPanels(catalog), TABLE];
}
