import { COLLECTOR_BATCHES, COLLECTOR_REFUSALS, type Period } from "@sockscope/catalog";
import { and, compare, divide, increase, rate, sumBy } from "@sockscope/promql";
import type { AlertRule } from "../alert-rule.ts";

/** In which batches are counted. */
const RANGE: Period = "10m";
/** Of the requests that carried a batch. */
export const REFUSED_SHARE = 0.05;
/** Fewer batches than this are a few pages of an old release. */
export const FEWEST_REFUSED = 50;
/** Fewer pages than this, turned away though they did nothing wrong, may be a moment. */
export const FEWEST_TURNED_AWAY = 10;

// Refusals that no page can help.
const TURNED_AWAY = { code: ["SOCKSCOPE_ERR_SESSIONS_FULL", "SOCKSCOPE_ERR_INTERNAL"] } as const;
const REFUSED = { result: "refused" } as const;

const SUMMARY = "The collector refuses what pages send.";

/** When WsCollectorRejecting fires. */
export const WS_COLLECTOR_REJECTING_RULES: readonly AlertRule[] = [
  {
    name: "WsCollectorRejecting",
    summary: SUMMARY,
    severity: "ticket",
    // Batches and not refusals: wrong paths and methods are scanners.
    expression: and(
      compare(
        divide(
          sumBy(["job"], rate(COLLECTOR_BATCHES, REFUSED, RANGE)),
          sumBy(["job"], rate(COLLECTOR_BATCHES, {}, RANGE)),
        ),
        ">",
        REFUSED_SHARE,
      ),
      compare(sumBy(["job"], increase(COLLECTOR_BATCHES, REFUSED, RANGE)), ">=", FEWEST_REFUSED),
    ),
    holds: "10m",
  },
  {
    name: "WsCollectorRejecting",
    summary: SUMMARY,
    severity: "page",
    expression: compare(
      sumBy(["job", "code"], increase(COLLECTOR_REFUSALS, TURNED_AWAY, "5m")),
      ">",
      FEWEST_TURNED_AWAY,
    ),
    holds: "5m",
    keepFiringFor: "10m",
  },
];
