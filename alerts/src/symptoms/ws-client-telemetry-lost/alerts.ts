import {
  type Catalog,
  COLLECTOR_BATCHES,
  COLLECTOR_SEQUENCE_GAPS,
  SERVER_CONNECTIONS_OPENED,
} from "@sockscope/catalog";
import {
  add,
  and,
  compare,
  divide,
  type Expression,
  increase,
  multiply,
  type RecordedSelection,
  rangeInWords,
  sumBy,
} from "@sockscope/promql";
import { ALERT_WINDOWS, meanOfDayBefore, OPENS_PER_SERVER_OPEN, recorded } from "@sockscope/slo";
import { type AlertRule, SHARE } from "../alert.ts";
import { percentage } from "../human-numbers.ts";
import { panelOf } from "../panel-of.ts";

/** In which gaps are counted. */
const { gaps: RANGE, beforeNow } = ALERT_WINDOWS.WsClientTelemetryLost;

/** Which share of the connections that servers accept browsers report. */
export const coverage: RecordedSelection<never> = recorded(OPENS_PER_SERVER_OPEN);

/** Batches that pages numbered and that never came. */
export const gaps: Expression<never> = sumBy([], increase(COLLECTOR_SEQUENCE_GAPS, {}, RANGE));

/** Batches that came, and counted. */
export const accepted: Expression<never> = sumBy(
  [],
  increase(COLLECTOR_BATCHES, { result: "accepted" }, RANGE),
);

/** When WsClientTelemetryLost fires, and what it says. */
export function wsClientTelemetryLostRules(catalog: Catalog): readonly AlertRule[] {
  const { ofYesterday, fewestOpened, gapShare, fewestGaps } = catalog.thresholds.WsClientTelemetryLost;
  return [
    {
      severity: "ticket",
      labels: { evidence: "coverage" },
      // Against its own yesterday: a blocked or broken SDK cannot report its own loss.
      expression: and(
        compare(coverage, "<", multiply(ofYesterday, meanOfDayBefore(coverage, beforeNow))),
        compare(
          sumBy([], increase(SERVER_CONNECTIONS_OPENED, {}, OPENS_PER_SERVER_OPEN.range)),
          ">=",
          fewestOpened,
        ),
      ),
      holds: "15m",
      description: `Within the last ${rangeInWords(OPENS_PER_SERVER_OPEN.range)}, browsers reported ${SHARE} of the connections that servers accepted, less than ${percentage(ofYesterday)} of their mean share within the day before.`,
      panel: panelOf(catalog, "Coverage, against the day before"),
    },
    {
      severity: "ticket",
      labels: { evidence: "gaps" },
      expression: and(
        compare(divide(gaps, add(accepted, gaps)), ">", gapShare),
        compare(gaps, ">=", fewestGaps),
      ),
      holds: "15m",
      description: `Within the last ${rangeInWords(RANGE)}, ${SHARE} of the batches that pages numbered never came.`,
      panel: panelOf(catalog, "Batches that never came, over an hour"),
    },
  ];
}
