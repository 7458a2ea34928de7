import type { Catalog } from "@sockscope/catalog";
import { compare, keepApart, largest, minBy, rangeInWords, subtract, sumBy, up } from "@sockscope/promql";
import { ALERT_WINDOWS, BATCHES_REFUSED, REFUSED_SHARE } from "@sockscope/slo";
import { bigNumber } from "../panels/big-number.ts";
import { judged, judgedByBad } from "../panels/judged.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { ANY_EVENT, verdictSteps } from "../panels/thresholds.ts";
import {
  ACCEPTED_CONNECTIONS,
  COVERAGE_IN_WORDS,
  COVERAGE_OF_YESTERDAY_EACH,
  GAP_SHARE,
  GAPS,
  GAPS_IN_WORDS,
} from "./lost.ts";

function coveragePanel(catalog: Catalog): PanelSpec {
  const { ofYesterday, fewestOpened } = catalog.thresholds.WsClientTelemetryLost;
  return bigNumber(
    {
      id: 1,
      width: 6,
      height: 4,
      title: "Coverage, of the day before",
      description: `What share of the connections that servers accepted within the last ${COVERAGE_IN_WORDS} browsers report, over its own mean of the day before; of all apps, and of several environments the worst. Servers meet browsers here, so the share itself says nothing: 100 % is as always, less is pages that no longer report, and then every number of browsers is too small by as much. Red is a ticket. Grey with fewer than ${fewestOpened} connections.`,
      unit: "percentunit",
      traits: ["of every app", "of the extreme part"],
      queries: judged({
        value: COVERAGE_OF_YESTERDAY_EACH,
        enough: keepApart(compare(ACCEPTED_CONNECTIONS, ">=", fewestOpened), catalog.environmentLabels),
        worst: (values) => minBy([], values),
        legend: "of the day before",
      }),
      emptyWhere: "no server accepted a connection, no collector can be scraped, or no day before is known",
      alerts: ["WsClientTelemetryLost"],
    },
    { colors: verdictSteps({ at: ofYesterday, badSide: "below" }), isVerdict: true },
  );
}

function downPanel({ jobs }: Catalog): PanelSpec {
  return bigNumber(
    {
      id: 2,
      width: 6,
      height: 4,
      title: "Collectors that are down",
      description:
        "Those that Prometheus knows and cannot scrape. What pages report to one of them is missing until it is back. None at all, which is worse, is no zero here but no data.",
      unit: "short",
      queries: [
        {
          refId: "down",
          expression: sumBy([], subtract(1, up({ job: jobs.collectors }))),
          legend: "down",
        },
      ],
      emptyWhere: "Prometheus knows of no collector",
      alerts: ["WsCollectorDown"],
    },
    { colors: verdictSteps({ at: ANY_EVENT, badSide: "above" }), decimals: 0 },
  );
}

const { batches: BATCHES_RANGE } = ALERT_WINDOWS.WsCollectorRejecting;

function refusedPanel(catalog: Catalog): PanelSpec {
  const { refusedShare, fewestRefused } = catalog.thresholds.WsCollectorRejecting;
  return bigNumber(
    {
      id: 3,
      width: 6,
      height: 4,
      title: "Batches refused",
      description: `Of the requests within the last ${rangeInWords(BATCHES_RANGE)} that carried a batch, as the collectors of each job count them, of every app and of none, of the job where it is largest: honest pages whose measurements do not arrive. Red is a ticket. Grey where it would be red by fewer than ${fewestRefused} batches. Scanners with wrong paths and methods carry no batch.`,
      unit: "percentunit",
      traits: ["of every app"],
      queries: judgedByBad({
        value: keepApart(REFUSED_SHARE, catalog.environmentLabels),
        badFrom: refusedShare,
        bad: keepApart(BATCHES_REFUSED, catalog.environmentLabels),
        fewest: fewestRefused,
        worst: (values) => largest(1, values),
        legend: ["job", ...catalog.environmentLabels].map((label) => `{{${label}}}`).join(" "),
      }),
      emptyWhere: "no batch came",
      alerts: ["WsCollectorRejecting"],
    },
    { colors: verdictSteps({ at: refusedShare, badSide: "above" }) },
  );
}

function gapsPanel(catalog: Catalog): PanelSpec {
  const { gapShare, fewestGaps } = catalog.thresholds.WsClientTelemetryLost;
  return bigNumber(
    {
      id: 4,
      width: 6,
      height: 4,
      title: "Batches that never came",
      description: `Of the batches that pages numbered, as the collectors notice within the last ${GAPS_IN_WORDS}, of all apps. A gap is certain only half an hour later, so it is the loss of before; a session's last batches are never in it, because nobody knows that they were. Red is a ticket. Grey where it would be red by fewer than ${fewestGaps} gaps.`,
      unit: "percentunit",
      traits: ["of every app"],
      queries: judgedByBad({
        value: GAP_SHARE,
        badFrom: gapShare,
        bad: GAPS,
        fewest: fewestGaps,
        legend: "never came",
      }),
      emptyWhere: "no batch came",
      alerts: ["WsClientTelemetryLost"],
    },
    { colors: verdictSteps({ at: gapShare, badSide: "above" }) },
  );
}

/** What is there at this moment. */
export function collectorNow(catalog: Catalog): readonly PanelSpec[] {
  return [coveragePanel(catalog), downPanel(catalog), refusedPanel(catalog), gapsPanel(catalog)];
}
