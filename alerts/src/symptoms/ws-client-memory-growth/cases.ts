import { boundText, type Catalog, HEAP_GROWTH } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { errorBudget } from "@sockscope/slo";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { above, enough, justBelow, once, type Part, shareOf, tooFew } from "../made-up.ts";

/** What pages look like that fill their memory, and what only looks like them. */
export function wsClientMemoryGrowthCases(catalog: Catalog): AlertCases {
  const { fewestSessions } = catalog.thresholds.WsClientMemoryGrowth;
  const { objective } = catalog.targets.client_memory;
  const budget = errorBudget(catalog.targets.client_memory);
  const grown = ({ part, whole }: Part): SilentCase["series"] => {
    const age = { app: "chat", session_age: "8h" };
    return {
      [selector(`${HEAP_GROWTH.name}_bucket`, { ...age, le: String(objective.bound) })]: once(
        whole - part,
        90,
      ),
      [selector(`${HEAP_GROWTH.name}_count`, age)]: once(whole, 90),
    };
  };
  return {
    fires: [
      {
        title: "fires when more pages grow than may",
        series: grown(shareOf(above(budget), enough(fewestSessions))),
        at: "65m",
        firing: [
          {
            labels: { severity: "ticket", app: "chat" },
            description: `Within the last day, ${percentage(above(budget))} of the pages of chat that were open for 8 hours grew by more than ${boundText(objective)}; ${percentage(budget)} may.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when just not too many grow",
        series: grown(shareOf(justBelow(budget), enough(fewestSessions))),
        at: "65m",
      },
      {
        title: "stays silent when few were open for so long",
        series: grown(shareOf(above(budget), tooFew(fewestSessions))),
        at: "65m",
      },
    ],
  };
}
