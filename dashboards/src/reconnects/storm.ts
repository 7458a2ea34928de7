import { type Catalog, CLOSES, MOST_RELEASES, SESSIONS_ACTIVE } from "@sockscope/catalog";
import { compare, gauge, increase, maxOverTime, rangeInWords, ratio, sumBy } from "@sockscope/promql";
import { lineOf, retryableClosesIn } from "@sockscope/slo";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { APP, WORST_IN_WORDS, worstSincePoint } from "../windows.ts";
import { CUTS_IN_WORDS, hourlyCuts, SUDDEN_CUTS, SUDDEN_IN_WORDS } from "./cuts.ts";

function byRelease(catalog: Catalog): readonly PanelSpec[] {
  if (!catalog.hasReleases) return [];
  const { per } = catalog.targets.reconnection_storms;
  const { fewestCutsTicket } = catalog.thresholds.WsReconnectStorm;
  return [
    graph({
      id: 20,
      width: 24,
      height: 8,
      title: "Cuts a session, by release",
      description: `Within the last ${rangeInWords(per)}, for each of the most sessions that the release had at a time in it: ${CUTS_IN_WORDS}. What cuts connections hits every release alike; a release that stands out reconnects where the others do not. Below ${fewestCutsTicket} cuts a release is not shown. \`other\` is what nobody announced and what is no longer one of the newest ${MOST_RELEASES}.`,
      unit: "percentunit",
      traits: ["may be more than all"],
      queries: [
        {
          refId: "cuts",
          // The most and not the mean: in a rollout the old release's sessions go, and its cuts of before stay.
          expression: ratio(
            compare(
              sumBy(["release"], increase(CLOSES, { ...APP, ...retryableClosesIn(catalog) }, per)),
              ">=",
              fewestCutsTicket,
            ),
            sumBy(["release"], maxOverTime(gauge(SESSIONS_ACTIVE, APP), per)),
          ),
          legend: "{{release}}",
        },
      ],
      emptyWhere: `no release had ${fewestCutsTicket} cuts`,
      alerts: ["WsReconnectStorm"],
    }),
  ];
}

/** Whether more connections are cut than are allowed to. */
export function storm(catalog: Catalog): readonly PanelSpec[] {
  const line = lineOf(catalog.targets.reconnection_storms);
  return [
    graph(
      {
        id: 5,
        width: 12,
        height: 8,
        title: "Cuts a session, over an hour",
        description: `For each browser session that was there on average: ${CUTS_IN_WORDS}. The line is the target. It goes on for an hour after a storm; whether it still storms says the graph beside it.`,
        unit: "percentunit",
        traits: ["may be more than all"],
        queries: [{ refId: "cuts", expression: hourlyCuts(catalog), legend: "{{app}}" }],
        emptyWhere: "no page was there",
        alerts: ["WsReconnectStorm"],
      },
      { line },
    ),
    graph(
      {
        id: 6,
        width: 12,
        height: 8,
        title: "Cuts a session, over five minutes",
        description: `For each browser session that is there: ${CUTS_IN_WORDS}; within ${SUDDEN_IN_WORDS}. ${WORST_IN_WORDS} Above the line, a few minutes have used up what the target allows in its whole period, and somebody is woken up. One spike is a server or a proxy that went; a plateau is clients that are cut again and again.`,
        unit: "percentunit",
        traits: ["may be more than all"],
        queries: [{ refId: "cuts", ...worstSincePoint(SUDDEN_CUTS, "above"), legend: "{{app}}" }],
        emptyWhere: "no page is there",
        alerts: ["WsReconnectStorm"],
      },
      { line },
    ),
    ...byRelease(catalog),
  ];
}
