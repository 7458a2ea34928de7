import {
  type Catalog,
  COLLECTOR_BATCHES,
  COLLECTOR_SEQUENCE_GAPS,
  SERVER_CONNECTIONS_OPENED,
} from "@sockscope/catalog";
import { add, and, compare, divide, increase, multiply, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS, meanOfDayBefore, OPENS_PER_SERVER_OPEN, recorded } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** In which gaps are counted. */
const { gaps: RANGE, beforeNow } = ALERT_WINDOWS.WsClientTelemetryLost;

const coverage = recorded(OPENS_PER_SERVER_OPEN);
const gaps = sumBy([], increase(COLLECTOR_SEQUENCE_GAPS, {}, RANGE));
const accepted = sumBy([], increase(COLLECTOR_BATCHES, { result: "accepted" }, RANGE));

const SUMMARY = "Browsers see less than they should: every number of theirs is too small.";

/** When WsClientTelemetryLost fires. */
export function wsClientTelemetryLostRules(catalog: Catalog): readonly AlertRule[] {
  const { ofYesterday, fewestOpened, gapShare, fewestGaps } = catalog.thresholds.WsClientTelemetryLost;
  return [
    {
      name: "WsClientTelemetryLost",
      summary: SUMMARY,
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
    },
    {
      name: "WsClientTelemetryLost",
      summary: SUMMARY,
      severity: "ticket",
      labels: { evidence: "gaps" },
      expression: and(
        compare(divide(gaps, add(accepted, gaps)), ">", gapShare),
        compare(gaps, ">=", fewestGaps),
      ),
      holds: "15m",
    },
  ];
}
