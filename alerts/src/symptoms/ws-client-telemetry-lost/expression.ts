import {
  COLLECTOR_BATCHES,
  COLLECTOR_SEQUENCE_GAPS,
  type Period,
  SERVER_CONNECTIONS_OPENED,
} from "@sockscope/catalog";
import { add, and, avgOverTime, compare, divide, increase, multiply, sumBy } from "@sockscope/promql";
import { OPENS_PER_SERVER_OPEN, recorded } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** In which gaps are counted. */
const RANGE: Period = "1h";
/** What remains of yesterday's coverage, below which pages no longer report. */
export const OF_YESTERDAY = 0.8;
/** With fewer connections than this, a share says little. */
export const FEWEST_OPENED = 100;
/** Of the batches that were sent. */
export const GAP_SHARE = 0.01;
/** Fewer gaps than this are a few pages that crashed. */
export const FEWEST_GAPS = 20;

const coverage = recorded(OPENS_PER_SERVER_OPEN);
const gaps = sumBy([], increase(COLLECTOR_SEQUENCE_GAPS, {}, RANGE));
const accepted = sumBy([], increase(COLLECTOR_BATCHES, { result: "accepted" }, RANGE));

const SUMMARY = "Browsers see less than they should: every number of theirs is too small.";

/** When WsClientTelemetryLost fires. */
export const WS_CLIENT_TELEMETRY_LOST_RULES: readonly AlertRule[] = [
  {
    name: "WsClientTelemetryLost",
    summary: SUMMARY,
    severity: "ticket",
    labels: { evidence: "coverage" },
    // Against its own yesterday: a blocked or broken SDK cannot report its own loss.
    expression: and(
      compare(coverage, "<", multiply(OF_YESTERDAY, avgOverTime(coverage, "1d", { offset: "45m" }))),
      compare(
        sumBy([], increase(SERVER_CONNECTIONS_OPENED, {}, OPENS_PER_SERVER_OPEN.range)),
        ">=",
        FEWEST_OPENED,
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
      compare(divide(gaps, add(accepted, gaps)), ">", GAP_SHARE),
      compare(gaps, ">=", FEWEST_GAPS),
    ),
    holds: "15m",
  },
];
