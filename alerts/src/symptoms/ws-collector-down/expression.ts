import { absent, compare, up } from "@sockscope/promql";
import type { AlertRule } from "../alert-rule.ts";

/** The `job` under which the scrape configuration has the collectors. */
export const COLLECTOR_JOB = "sockscope-collector";

const collectors = up({ job: COLLECTOR_JOB });

/** When WsCollectorDown fires. */
export const WS_COLLECTOR_DOWN_RULES: readonly AlertRule[] = [
  {
    name: "WsCollectorDown",
    summary: "A collector cannot be scraped: what its pages report is missing.",
    severity: "ticket",
    // One of several.
    expression: compare(collectors, "==", 0),
    holds: "5m",
  },
  {
    name: "WsCollectorDown",
    summary: "No collector can be scraped: nobody sees what browsers see.",
    severity: "page",
    // None left, or none discovered.
    expression: absent(compare(collectors, "==", 1)),
    holds: "5m",
  },
];
