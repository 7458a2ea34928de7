import {
  type Catalog,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_SERIES,
  COLLECTOR_SESSIONS,
} from "@sockscope/catalog";
import { gauge, rate, subtract, sumBy, up } from "@sockscope/promql";
import { serversDownShare } from "@sockscope/slo";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { APP, happening, WINDOW, worstEnvironment } from "../windows.ts";

function serversDownPanel(catalog: Catalog): PanelSpec {
  const { blindShare } = catalog.thresholds.WsServerMetricsMissing;
  return graph(
    {
      id: 23,
      width: 8,
      height: 8,
      title: "Chat servers that are down, of their job",
      description:
        "The share of the chat servers that Prometheus knows and cannot scrape. Above the line is a ticket: what servers count is that much too small, and a rollout is over sooner. Of several environments, the worst.",
      unit: "percentunit",
      traits: ["of the extreme part"],
      queries: [
        {
          refId: "down",
          expression: worstEnvironment(catalog, serversDownShare(catalog), "above"),
          legend: "{{job}}",
        },
      ],
      emptyWhere: "Prometheus knows of no chat server, or calls their job otherwise",
      alerts: ["WsServerMetricsMissing"],
    },
    { line: { at: blindShare, badSide: "above" } },
  );
}

/** Whether Prometheus sees everybody: what it does not scrape is in no panel of any dashboard. */
export function scraped(catalog: Catalog): readonly PanelSpec[] {
  const { jobs } = catalog;
  const targets = up({ job: [jobs.collectors, jobs.servers] });
  return [
    graph({
      id: 16,
      width: 8,
      height: 8,
      title: "Targets that are scraped, by job",
      description:
        "How many collectors and chat servers answer Prometheus. A line that falls is targets that are down or no longer discovered; a rollout is a short dent. A job that was never discovered has no line at all.",
      unit: "short",
      queries: [{ refId: "scraped", expression: sumBy(["job"], targets), legend: "{{job}}" }],
      emptyWhere: "Prometheus knows of none, or calls their jobs otherwise",
      alerts: ["WsCollectorDown", "WsServerMetricsMissing"],
    }),
    serversDownPanel(catalog),
    graph(
      {
        id: 17,
        width: 8,
        height: 8,
        title: "Targets that are down, by job and instance",
        description:
          "Those that Prometheus knows and cannot scrape, each one high. A chat server here still serves its users and is missing in every sum of the servers; a collector here loses what pages report to it. One that is no longer discovered is not here.",
        unit: "short",
        queries: [
          {
            refId: "down",
            expression: happening(sumBy(["job", "instance"], subtract(1, targets))),
            legend: "{{job}} {{instance}}",
          },
        ],
        emptyWhere: "every target is scraped",
        alerts: ["WsServerMetricsMissing", "WsCollectorDown"],
      },
      { draw: "stacked bars" },
    ),
  ];
}

/** Whether collectors have room for what comes. */
export const ITSELF: readonly PanelSpec[] = [
  graph({
    id: 18,
    width: 8,
    height: 8,
    title: "Sessions remembered, by collector",
    description:
      "Whose batches a collector can tell apart from those that it has counted: at its --max-sessions new pages are refused. A session is remembered for half an hour after its end, so these are no open pages. One line far above the others is a balance that is none.",
    unit: "short",
    queries: [
      {
        refId: "sessions",
        expression: sumBy(["instance"], gauge(COLLECTOR_SESSIONS, {})),
        legend: "{{instance}}",
      },
    ],
    alerts: ["WsCollectorRejecting"],
  }),
  graph({
    id: 19,
    width: 8,
    height: 8,
    title: "Series exposed, by collector",
    description:
      "What a collector costs in Prometheus, exactly. No input of pages changes it: a step is another configuration, or another release of the pages. Lines that differ for long are collectors of different versions or configurations.",
    unit: "short",
    queries: [
      {
        refId: "series",
        expression: sumBy(["instance"], gauge(COLLECTOR_SERIES, {})),
        legend: "{{instance}}",
      },
    ],
    alerts: ["WsCollectorRejecting"],
  }),
  graph({
    id: 20,
    width: 8,
    height: 8,
    title: "Measurements counted, by app",
    description:
      "Events and observed values of accepted batches, as the collectors count them. A line that ends is an app whose pages no longer report. It is no traffic: an SDK adds up before it sends.",
    unit: "cps",
    queries: [
      {
        refId: "measurements",
        expression: sumBy(["app"], rate(COLLECTOR_MEASUREMENTS, APP, WINDOW)),
        legend: "{{app}}",
      },
    ],
    alerts: ["WsClientTelemetryLost"],
  }),
];
