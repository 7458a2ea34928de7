import type { Catalog, Period } from "@sockscope/catalog";
import {
  absent,
  compare,
  type Expression,
  groupBy,
  lastOverTime,
  orOn,
  rangeInWords,
  unlessOn,
  up,
} from "@sockscope/promql";
import { type AlertRule, JOB } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** For longer than a restart takes. */
const HOLDS: Period = "5m";

const INSTANCE = "{{ $labels.instance }}";

/**
 * For how long an environment is known to have had collectors of which Prometheus no longer discovers any. Those that it discovers
 * and cannot scrape are known for as long as they are down. So whoever moves collectors away on purpose is told for an hour and not
 * for a day, and who loses them has been called by then; where none is left anywhere, `absent()` goes on.
 */
const KNOWN_FOR: Period = "1h";

/**
 * None left, or none discovered. `absent()` alone would stay silent over an environment that lost its collectors as long as
 * another one has some; without it, nobody would miss those that were never there.
 */
function noneLeft(collectors: ReturnType<typeof up>): Expression<never> {
  const scraped = compare(collectors, "==", 1);
  const lost = unlessOn([], groupBy([], lastOverTime(collectors, KNOWN_FOR)), groupBy([], scraped));
  return orOn([], lost, absent(scraped));
}

/** When WsCollectorDown fires, and what it says. */
export function wsCollectorDownRules(catalog: Catalog): readonly AlertRule[] {
  const collectors = up({ job: catalog.jobs.collectors });
  return [
    {
      severity: "ticket",
      // One of several.
      expression: compare(collectors, "==", 0),
      holds: HOLDS,
      description: `The collector ${INSTANCE} of ${JOB} has not been scraped for ${rangeInWords(HOLDS)}: what its pages report is missing.`,
      panel: panelOf(catalog, "Targets that are down, by job and instance"),
    },
    {
      severity: "page",
      expression: noneLeft(collectors),
      holds: HOLDS,
      inhibits: { countedBy: "client" },
      description: `No collector of ${catalog.jobs.collectors} has been scraped for ${rangeInWords(HOLDS)}: nobody sees what browsers see, and alerts that read it cannot fire.`,
      panel: panelOf(catalog, "Collectors that are down"),
    },
  ];
}
