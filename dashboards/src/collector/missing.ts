import {
  type Catalog,
  COLLECTOR_LEFT_OUT,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_SESSIONS_ENDED,
  SESSION_SILENCE_MS,
  SESSIONS_STARTED,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import { add, not, rate, ratio, sumBy } from "@sockscope/promql";
import { LEFT_OUT_LOOKS, SESSION_LOOKS, TELEMETRY_LOSS_LOOKS } from "../looks/collector-looks.ts";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { APP, happening, WIDE, WIDE_IN_WORDS, WINDOW } from "../windows.ts";
import { COVERAGE_IN_WORDS, COVERAGE_OF_YESTERDAY, coverage, GAP_SHARE, GAPS_IN_WORDS } from "./lost.ts";

function coveragePanels(catalog: Catalog): readonly PanelSpec[] {
  const { ofYesterday, gapShare } = catalog.thresholds.WsClientTelemetryLost;
  return [
    graph({
      id: 5,
      width: 8,
      height: 8,
      title: "Coverage",
      description: `What share of the connections that servers accepted within ${COVERAGE_IN_WORDS} browsers report, now and a day earlier; of all apps. Servers meet browsers here: pages without the SDK, behind a blocker or without consent are always missing, so only the distance between the two lines says anything. It may be above 100 % for a moment, since pages tell later than servers; where it stays there, some server is not scraped.`,
      unit: "percentunit",
      traits: ["may be more than all", "of every app"],
      queries: [
        { refId: "now", expression: coverage(), legend: "now" },
        { refId: "yesterday", expression: coverage({ offset: "1d" }), legend: "a day earlier" },
      ],
      emptyWhere: "no server accepted a connection",
      alerts: ["WsClientTelemetryLost", "WsServerMetricsMissing"],
    }),
    graph(
      {
        id: 6,
        width: 8,
        height: 8,
        title: "Coverage, against the day before",
        description: `Coverage within ${COVERAGE_IN_WORDS} over its own mean of the day before, of all apps, and of several environments the worst. Below the line, pages no longer report: a release whose SDK is broken or blocked, a collector that does not answer. A day later a loss that stayed is the new normal, and hides.`,
        unit: "percentunit",
        traits: ["of every app", "of the extreme part"],
        queries: [{ refId: "of_yesterday", expression: COVERAGE_OF_YESTERDAY, legend: "of the day before" }],
        emptyWhere: "no server accepted a connection, or no day before is known",
        alerts: ["WsClientTelemetryLost"],
      },
      { line: { at: ofYesterday, badSide: "below" }, axisReaches: 1 },
    ),
    graph(
      {
        id: 7,
        width: 8,
        height: 8,
        title: "Batches that never came, over an hour",
        description: `Of the batches that pages numbered, as the collectors notice within ${GAPS_IN_WORDS}, of all apps: half an hour late at least. Above the line more than a few pages crash, or something between them and the collector swallows requests. A session's last batches are never in it.`,
        unit: "percentunit",
        traits: ["of every app"],
        queries: [{ refId: "gaps", expression: GAP_SHARE, legend: "never came" }],
        emptyWhere: "no batch came",
        alerts: ["WsClientTelemetryLost"],
      },
      { line: { at: gapShare, badSide: "above" } },
    ),
  ];
}

// What the page's own code withholds is not lost: it was not to be told.
const lost = sumBy([], rate(TELEMETRY_LOST, { ...APP, where: not("withheld") }, WIDE.window));
const counted = sumBy([], rate(COLLECTOR_MEASUREMENTS, APP, WIDE.window));

const DROPPED_PANELS: readonly PanelSpec[] = [
  graph({
    id: 8,
    width: 8,
    height: 8,
    title: "Measurements that pages dropped",
    description: `Of all that pages measured and could report within ${WIDE_IN_WORDS}, what their SDK had to drop, as they say themselves; without what the page withheld. It comes late: pages say it when they reach a collector again. Zero is not complete, because a page that cannot report cannot report this; coverage tells.`,
    unit: "percentunit",
    queries: [
      {
        refId: "lost",
        expression: ratio(lost, add(counted, lost)),
        legend: "dropped",
        leastStepSeconds: WIDE.leastStepSeconds,
      },
    ],
    emptyWhere: "no measurement came",
    alerts: ["WsClientTelemetryLost"],
  }),
  graph(
    {
      id: 9,
      width: 8,
      height: 8,
      title: "Measurements that pages dropped, by where",
      description:
        "As browsers say themselves. `queue`: more waited than fits. `refused`: by the collector. `expired`: too old to be counted once. `internal` is a fault of the SDK or of a callback of the page, told on its console; `value` a number that is none. `withheld` is what the page's own `beforeSend` kept, and wanted.",
      unit: "cps",
      queries: [
        {
          refId: "lost",
          expression: happening(sumBy(["where"], rate(TELEMETRY_LOST, APP, WINDOW))),
          legend: "{{where}}",
        },
      ],
      emptyWhere: "no page dropped anything",
      alerts: ["WsClientTelemetryLost", "WsCollectorRejecting"],
    },
    { draw: "stacked bars", looks: TELEMETRY_LOSS_LOOKS },
  ),
  graph(
    {
      id: 10,
      width: 8,
      height: 8,
      title: "Entries that collectors do not know, by reason",
      description:
        "Left out of batches that were accepted, as the collectors count them; the rest of each batch counted. A rise after a release of the pages is a collector that is older than they are: deploy it first. `impossible_labels` is a combination that no SDK of ours makes.",
      unit: "cps",
      queries: [
        {
          refId: "left_out",
          expression: happening(sumBy(["reason"], rate(COLLECTOR_LEFT_OUT, APP, WINDOW))),
          legend: "{{reason}}",
        },
      ],
      emptyWhere: "collectors know everything",
      alerts: ["WsClientTelemetryLost"],
    },
    { draw: "stacked bars", looks: LEFT_OUT_LOOKS },
  ),
];

const SESSION_PANELS: readonly PanelSpec[] = [
  graph(
    {
      id: 11,
      width: 12,
      height: 8,
      title: "Sessions that begin and end",
      description: `Page loads, as the collectors count them: \`started\` with their first batch; \`left\` when the page said that it goes, \`vanished\` when nothing came for ${SESSION_SILENCE_MS / 1000} s. Many that start and few that end is a morning; \`started\` that falls to nothing is pages that cannot reach a collector, or have no SDK any more.`,
      unit: "cps",
      queries: [
        {
          refId: "started",
          expression: sumBy([], rate(SESSIONS_STARTED, APP, WINDOW)),
          legend: "started",
        },
        {
          refId: "ended",
          expression: sumBy(["how"], rate(COLLECTOR_SESSIONS_ENDED, APP, WINDOW)),
          legend: "{{how}}",
        },
      ],
      alerts: ["WsClientTelemetryLost"],
    },
    { looks: SESSION_LOOKS },
  ),
  graph(
    {
      id: 12,
      width: 12,
      height: 8,
      title: "Sessions that vanished, of those that ended",
      description: `Within ${WIDE_IN_WORDS}, as the collectors count them. What a page had not sent yet is gone with it. Hold it against itself on another day: laptops that are closed, workers and pages that take their consent back always vanish. A step up is pages that crash, or last words that no longer arrive.`,
      unit: "percentunit",
      queries: [
        {
          refId: "vanished",
          expression: ratio(
            sumBy([], rate(COLLECTOR_SESSIONS_ENDED, { ...APP, how: "vanished" }, WIDE.window)),
            sumBy([], rate(COLLECTOR_SESSIONS_ENDED, APP, WIDE.window)),
          ),
          legend: "vanished",
          leastStepSeconds: WIDE.leastStepSeconds,
        },
      ],
      emptyWhere: "no session ended",
      alerts: ["WsClientTelemetryLost"],
    },
    { axisReaches: 1 },
  ),
];

/** What browsers saw and nobody will ever see. */
export function missing(catalog: Catalog): readonly PanelSpec[] {
  return [...coveragePanels(catalog), ...DROPPED_PANELS, ...SESSION_PANELS];
}
