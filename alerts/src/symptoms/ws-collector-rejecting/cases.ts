import { type Catalog, COLLECTOR_BATCHES, COLLECTOR_REFUSALS } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { amount, percentage } from "../human-numbers.ts";
import { above, enough, justBelow, type Part, partOf, steadily, tooFew } from "../made-up.ts";

/** What a collector looks like that turns pages away, and what only looks like one. */
export function wsCollectorRejectingCases(catalog: Catalog): AlertCases {
  const { refusedShare, fewestRefused, fewestTurnedAway } = catalog.thresholds.WsCollectorRejecting;
  const job = catalog.jobs.collectors;
  const batches = (result: string): string => selector(COLLECTOR_BATCHES.name, { app: "chat", job, result });
  const refused = ({ part, whole }: Part): SilentCase["series"] => ({
    [batches("refused")]: steadily(part, { within: 10, minutes: 30 }),
    [batches("accepted")]: steadily(whole - part, { within: 10, minutes: 30 }),
  });
  const refusals = (code: string, count: number): SilentCase["series"] => ({
    [selector(COLLECTOR_REFUSALS.name, { app: "chat", job, code })]: steadily(count, {
      within: 5,
      minutes: 20,
    }),
  });
  const many = enough(fewestTurnedAway);
  return {
    fires: [
      {
        title: "fires for the morning when too many batches are refused",
        series: refused(partOf(above(refusedShare), enough(fewestRefused))),
        at: "25m",
        firing: [
          {
            labels: { severity: "ticket", job },
            description: `Within the last 10 minutes, collectors of ${job} refused ${percentage(above(refusedShare))} of the batches.`,
          },
        ],
      },
      {
        title: "fires when honest pages are turned away",
        series: refusals("SOCKSCOPE_ERR_SESSIONS_FULL", many),
        at: "15m",
        firing: [
          {
            labels: { severity: "page", job, code: "SOCKSCOPE_ERR_SESSIONS_FULL" },
            description: `Within the last 5 minutes, collectors of ${job} turned pages away that did nothing wrong: ${amount(many)} times with SOCKSCOPE_ERR_SESSIONS_FULL.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when just not too many are refused",
        series: refused(partOf(justBelow(refusedShare), enough(fewestRefused))),
        at: "25m",
      },
      {
        title: "stays silent when few are refused, of few",
        series: refused(partOf(above(refusedShare), tooFew(fewestRefused))),
        at: "25m",
      },
      {
        title: "stays silent when a few honest pages are turned away",
        series: refusals("SOCKSCOPE_ERR_SESSIONS_FULL", tooFew(fewestTurnedAway)),
        at: "15m",
      },
      {
        title: "stays silent when scanners ask for paths that there are not",
        series: refusals("SOCKSCOPE_ERR_PATH", many),
        at: "15m",
      },
    ],
  };
}
