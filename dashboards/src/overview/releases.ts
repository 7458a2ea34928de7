import {
  AFFECTED_SESSIONS,
  type Catalog,
  MOST_RELEASES,
  type Period,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import { compare, gauge, increase, maxOverTime, rangeInWords, ratio, sumBy } from "@sockscope/promql";
import { graph } from "../panels/graph.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { APP, WIDE, WIDE_IN_WORDS } from "../windows.ts";

/** In which a release's sessions are looked for: in a rollout users leave the old one, faster where something is wrong. */
const SESSIONS_RANGE: Period = "1h";

/** Fewer than this are a few users with a few tabs each, and say nothing of a release. */
const FEWEST_AFFECTED = 20;

/** Whether it is the new release, where a deployment has releases. */
export function ofReleases({ hasReleases }: Catalog): readonly PanelSpec[] {
  if (!hasReleases) return [];
  return [
    graph({
      id: 30,
      width: 12,
      height: 8,
      title: "Affected sessions a session, by release",
      description: `Sessions that a close hit within ${WIDE_IN_WORDS} which its user feels, for each of the most sessions that the release had at a time within the last ${rangeInWords(SESSIONS_RANGE)}. A fault of the server hits every release alike; one that stands out for longer than a rollout is worth a look at what changed in it. A session that met two codes counts twice. \`other\` is what nobody announced and what is no longer one of the newest ${MOST_RELEASES}.`,
      unit: "percentunit",
      traits: ["may be more than all"],
      queries: [
        {
          refId: "affected",
          // A collector that was replaced within the range counts twice below: too small a share accuses nobody.
          expression: ratio(
            compare(sumBy(["release"], increase(AFFECTED_SESSIONS, APP, WIDE.window)), ">=", FEWEST_AFFECTED),
            sumBy(["release"], maxOverTime(gauge(SESSIONS_ACTIVE, APP), SESSIONS_RANGE)),
          ),
          legend: "{{release}}",
          leastStepSeconds: WIDE.leastStepSeconds,
        },
      ],
      emptyWhere: `fewer than ${FEWEST_AFFECTED} sessions of a release were affected`,
    }),
    graph({
      id: 31,
      width: 12,
      height: 8,
      title: "Browser sessions, by release",
      description: "How far a release has come. With few sessions, its share of affected ones says little.",
      unit: "short",
      queries: [
        {
          refId: "sessions",
          expression: sumBy(["release"], gauge(SESSIONS_ACTIVE, APP)),
          legend: "{{release}}",
        },
      ],
    }),
  ];
}
