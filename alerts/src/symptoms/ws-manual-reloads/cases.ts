import { type Catalog, PAGE_RELOADS } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases } from "../alert-case.ts";
import { amount } from "../human-numbers.ts";
import { once } from "../made-up.ts";

function reloads(socket: string): string {
  return selector(PAGE_RELOADS.name, { app: "chat", socket });
}

/** What users look like who help themselves, and what only looks like them. */
export function wsManualReloadsCases(catalog: Catalog): AlertCases {
  const { count } = catalog.targets.manual_refreshes.objective;
  return {
    fires: [
      {
        title: "fires when users reload once more than they may have to",
        series: { [reloads("reconnecting")]: once(count, 10), [reloads("gave_up")]: once(1, 10) },
        at: "10m",
        firing: [
          {
            labels: { severity: "ticket", app: "chat" },
            description: `Within the last day, users of chat reloaded a page whose socket was not healthy: ${amount(count + 1)} times; ${count} may be.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when they reload as often as they may have to",
        series: { [reloads("gave_up")]: once(count, 10) },
        at: "10m",
      },
      {
        title: "stays silent when they reload a page that asked for it, or that worked",
        series: { [reloads("rejected")]: once(count + 1, 10), [reloads("healthy")]: once(count + 1, 10) },
        at: "10m",
      },
    ],
  };
}
