import { AFFECTED_SESSIONS, type Catalog, MOST_RELEASES, SESSIONS_ACTIVE } from "@sockscope/catalog";
import { gauge, increase, ratio, sumBy } from "@sockscope/promql";
import { graph } from "../graph.ts";
import type { PanelSpec } from "../panel.ts";
import { APP, WIDE_WINDOW, WIDE_WINDOW_IN_WORDS } from "./windows.ts";

/** Whether it is the new release, where a deployment has releases. */
export function releases({ hasReleases }: Catalog): readonly PanelSpec[] {
  if (!hasReleases) return [];
  return [
    graph({
      id: 17,
      width: 12,
      height: 8,
      title: "Affected sessions a session, by release",
      description: `Sessions that a close hit within ${WIDE_WINDOW_IN_WORDS} which its user feels, for each session of the release that is there. A release that stands out is at fault; a session that met two codes counts twice, so it may be above 100 %. \`other\` is what nobody announced and what is no longer one of the newest ${MOST_RELEASES}.`,
      unit: "percentunit",
      queries: [
        {
          expression: ratio(
            sumBy(["release"], increase(AFFECTED_SESSIONS, APP, WIDE_WINDOW)),
            sumBy(["release"], gauge(SESSIONS_ACTIVE, APP)),
          ),
          legend: "{{release}}",
        },
      ],
    }),
    graph({
      id: 18,
      width: 12,
      height: 8,
      title: "Browser sessions, by release",
      description: "How far a release has come. With few sessions, its share of affected ones says little.",
      unit: "short",
      queries: [{ expression: sumBy(["release"], gauge(SESSIONS_ACTIVE, APP)), legend: "{{release}}" }],
    }),
  ];
}
