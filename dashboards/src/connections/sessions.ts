import { COLLECTOR_SESSIONS_ENDED, SESSION_SILENCE_MS, SESSIONS_STARTED } from "@sockscope/catalog";
import { rate, sumBy } from "@sockscope/promql";
import { graph } from "../graph.ts";
import type { PanelSpec } from "../panel.ts";
import { APP, WINDOW } from "./windows.ts";

/** Who comes and goes. */
export const SESSIONS: readonly PanelSpec[] = [
  graph(
    {
      id: 15,
      width: 8,
      height: 8,
      title: "Sessions that start and end",
      description: `Page loads, each counted once. \`vanished\`: nothing came for ${SESSION_SILENCE_MS / 1000} s and no goodbye before: crashes, closed laptops, lost last words. A share that grows means that the numbers of those pages' last seconds are missing.`,
      unit: "cps",
      queries: [
        { expression: sumBy([], rate(SESSIONS_STARTED, APP, WINDOW)), legend: "started" },
        { expression: sumBy(["how"], rate(COLLECTOR_SESSIONS_ENDED, APP, WINDOW)), legend: "{{how}}" },
      ],
    },
    {
      looks: [
        { legend: "started", color: "blue" },
        { legend: "left", color: "green" },
        { legend: "vanished", color: "orange" },
      ],
    },
  ),
];
