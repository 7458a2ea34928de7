import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { rangeSeconds } from "@sockscope/promql";
import { type RecordingGroup, type RecordingRule, SLOW_INTERVAL } from "./recording-rule.ts";
import { ruleGroups } from "./recording-rules.ts";
import { slis } from "./slis.ts";

const DAY_SECONDS = 86_400;

function isOfADay({ range }: RecordingRule): boolean {
  return range === undefined || rangeSeconds(range) <= DAY_SECONDS;
}

/**
 * The targets whose values are recorded: a table of them is read far more often than they change. Those over a day every
 * minute, for whoever looks at a fresh installation; those over weeks more rarely, since each reads all of that time.
 */
function targetGroups(catalog: Catalog): readonly RecordingGroup[] {
  const rules = slis(catalog).flatMap(({ rule }) => rule ?? []);
  return [
    { name: "sockscope.record.targets", interval: "1m", rules: rules.filter(isOfADay) },
    {
      name: "sockscope.record.targets.slow",
      interval: SLOW_INTERVAL,
      rules: rules.filter((rule) => !isOfADay(rule)),
    },
  ];
}

/** Every recording rule. */
export function recordingGroups(catalog: Catalog): readonly RecordingGroup[] {
  return [...ruleGroups(catalog), ...targetGroups(catalog)];
}

/** Those of the product's own catalog. */
export const RECORDING_GROUPS: readonly RecordingGroup[] = recordingGroups(DEFAULT_CATALOG);
