import type { Catalog, Period } from "@sockscope/catalog";
import {
  absent,
  compare,
  type Expression,
  groupBy,
  lastOverTime,
  orOn,
  unlessOn,
  up,
} from "@sockscope/promql";
import type { AlertRule } from "../alert-rule.ts";

/** For how long an environment whose collectors are gone is known to have had some. */
const KNOWN_FOR: Period = "1d";

/**
 * None left, or none discovered. `absent()` alone would stay silent over an environment that lost its collectors as long as
 * another one has some; without it, nobody would miss those that were never there.
 */
function noneLeft(collectors: ReturnType<typeof up>): Expression<never> {
  const scraped = compare(collectors, "==", 1);
  const lost = unlessOn([], groupBy([], lastOverTime(collectors, KNOWN_FOR)), groupBy([], scraped));
  return orOn([], lost, absent(scraped));
}

/** When WsCollectorDown fires. */
export function wsCollectorDownRules(catalog: Catalog): readonly AlertRule[] {
  const collectors = up({ job: catalog.jobs.collectors });
  return [
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
      expression: noneLeft(collectors),
      holds: "5m",
    },
  ];
}
