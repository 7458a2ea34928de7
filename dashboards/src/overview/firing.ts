import { AFFECTED_SESSIONS, type Catalog } from "@sockscope/catalog";
import {
  type AlertLabel,
  activeSince,
  and,
  clampMax,
  firingAlerts,
  increase,
  maxBy,
  maxOverTime,
  ratio,
  secondsSince,
  sumBy,
} from "@sockscope/promql";
import { recorded, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import { FAULTS } from "../our-alerts.ts";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { momentTable } from "../panels/table.ts";
import {
  APP,
  MOST_RANGE,
  MOST_RANGE_IN_WORDS,
  ofChosenApps,
  WIDE_WINDOW,
  WIDE_WINDOW_IN_WORDS,
} from "../windows.ts";

/** What tells one alert from another: those that differ in nothing else are one line. */
const ALERT: readonly AlertLabel[] = ["alertname", "severity", "evidence", "app", "job"];

const FIRING_PANEL: PanelSpec = momentTable(
  {
    id: 10,
    width: 12,
    height: 8,
    title: "Alerts that fire",
    description:
      "Of every app and job, those that fire the longest first. A click on the name leads to its runbook. `ticket` waits for the morning.",
    unit: "s",
    queries: [
      {
        refId: "firing",
        expression: and(
          secondsSince(maxBy(ALERT, activeSince({ alertname: FAULTS }))),
          maxBy(ALERT, firingAlerts({ alertname: FAULTS })),
        ),
        legend: "{{alertname}}",
      },
    ],
    emptyWhere: "nothing fires",
    emptyWord: "nothing fires",
  },
  {
    columns: [
      {
        field: "alertname",
        title: "Alert",
        leadsTo: ({ runbooks }) => ({
          title: "Runbook",
          url: `${runbooks}/\${__data.fields.Alert}.md`,
        }),
      },
      { field: "severity", title: "Severity", width: 90 },
      { field: "app", title: "App", width: 90 },
      { field: "job", title: "Job", width: 130 },
      { field: "evidence", title: "Evidence", width: 110 },
      { field: "Value", title: "Since", unit: "s", decimals: 0, width: 100 },
    ],
    sortedBy: { title: "Since", descending: true },
  },
);

/** The id of the panel that shows what share of the users is affected. */
function affectedByAppPanel({ thresholds }: Catalog): PanelSpec {
  return graph(
    {
      id: 11,
      width: 12,
      height: 8,
      title: "Users affected, by app",
      description: `The share of page loads that a close hit within ${WIDE_WINDOW_IN_WORDS} which its user feels, of the most that were there at a time within ${MOST_RANGE_IN_WORDS}. The line is the share at which lost authentication pages.`,
      unit: "percentunit",
      queries: [
        {
          refId: "affected",
          // As the verdict above: who met two codes, or came, failed and left, makes no more than all.
          expression: clampMax(
            ratio(
              sumBy(["app"], increase(AFFECTED_SESSIONS, APP, WIDE_WINDOW)),
              sumBy(["app"], ofChosenApps(maxOverTime(recorded(SESSIONS_ACTIVE_SUM), MOST_RANGE))),
            ),
            1,
          ),
          legend: "{{app}}",
        },
      ],
      emptyWhere: "no page has been there for long enough to be counted",
      alerts: ["WsAuthCloseSpike"],
    },
    { line: { at: thresholds.WsAuthCloseSpike.share, badSide: "above" } },
  );
}

/** What fires, and how many users it is about. */
export function firing(catalog: Catalog): readonly PanelSpec[] {
  return [FIRING_PANEL, affectedByAppPanel(catalog)];
}
