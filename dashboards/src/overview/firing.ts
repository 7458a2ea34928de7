import type { Catalog } from "@sockscope/catalog";
import {
  type AlertLabel,
  activeSince,
  andIgnoring,
  firingAlerts,
  keepApart,
  maxBy,
  secondsSince,
} from "@sockscope/promql";
import { FAULTS } from "../our-alerts.ts";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { environmentColumns, momentTable } from "../panels/table.ts";
import { WORST_IN_WORDS, worstSincePoint } from "../windows.ts";
import { TOLD_OF_ERROR_IN_WORDS, toldOfErrorShare } from "./users.ts";

/** What tells one alert from another: those that differ in nothing else are one line. */
const ALERT: readonly AlertLabel[] = ["alertname", "severity", "evidence", "app", "job"];

function firingPanel(catalog: Catalog): PanelSpec {
  // Of several that are one line the one that fires the longest: a younger one that is pending is not meant.
  const since = maxBy(
    ALERT,
    secondsSince(
      andIgnoring(["alertstate"], activeSince({ alertname: FAULTS }), firingAlerts({ alertname: FAULTS })),
    ),
  );
  return momentTable(
    {
      id: 10,
      width: 12,
      height: 8,
      title: "Alerts that fire",
      description:
        "Of every app and job, those that fire the longest first. A click on the name leads to the list of runbooks. `ticket` waits for the morning.",
      unit: "s",
      traits: ["of every app", "of the extreme part"],
      queries: [
        {
          refId: "firing",
          expression: keepApart(since, catalog.environmentLabels),
          legend: "{{alertname}}",
        },
      ],
      emptyWhere: "nothing fires, or nothing evaluates alerts here",
    },
    {
      columns: [
        {
          field: "alertname",
          title: "Alert",
          leadsTo: ({ runbooks }) => ({
            title: "Runbooks",
            url: `${runbooks}/README.md`,
          }),
        },
        { field: "severity", title: "Severity", width: 90 },
        ...environmentColumns(catalog),
        { field: "app", title: "App", width: 90 },
        { field: "job", title: "Job", width: 130 },
        { field: "evidence", title: "Evidence", width: 110 },
        { field: "Value", title: "Since", unit: "s", decimals: 0, width: 100 },
      ],
      sortedBy: { title: "Since", descending: true },
    },
  );
}

function toldOfErrorPanel(catalog: Catalog): PanelSpec {
  return graph(
    {
      id: 11,
      width: 12,
      height: 8,
      title: "Users who see an error, by app",
      description: `The share of ${TOLD_OF_ERROR_IN_WORDS}. ${WORST_IN_WORDS} The line is the share at which lost authentication pages, where there are enough.`,
      unit: "percentunit",
      queries: [{ refId: "told", ...worstSincePoint(toldOfErrorShare(catalog), "above"), legend: "{{app}}" }],
      emptyWhere: "no page has been there for long enough to be counted",
      alerts: ["WsAuthCloseSpike"],
    },
    { line: { at: catalog.thresholds.WsAuthCloseSpike.share, badSide: "above" } },
  );
}

/** What fires, and how many users it is about. */
export function firing(catalog: Catalog): readonly PanelSpec[] {
  return [firingPanel(catalog), toldOfErrorPanel(catalog)];
}
