import { type Catalog, CONNECT_ATTEMPTS } from "@sockscope/catalog";
import { rangeInWords, selector } from "@sockscope/promql";
import { BURN_WINDOWS, errorBudget, FASTEST_BURN_RATE } from "@sockscope/slo";
import type { AlertCases, Fired, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { enough, justBelow, partOf, steadily, tooFew } from "../made-up.ts";

function attempts(outcome: string): string {
  return selector(CONNECT_ATTEMPTS.name, { app: "chat", trigger: "initial", outcome });
}

/** So many fail within five minutes, which are this share of all, and on. */
function failing(share: number, errors: number): SilentCase["series"] {
  const { part, whole } = partOf(share, errors);
  return {
    [attempts("failed")]: steadily(part, { within: 5, minutes: 30 }),
    [attempts("opened")]: steadily(whole - part, { within: 5, minutes: 30 }),
  };
}

/** What burns the budget and how fast, and what only looks like it. */
export function wsConnectErrorBudgetBurnCases(catalog: Catalog): AlertCases {
  const { fewestErrors } = catalog.thresholds.WsConnectErrorBudgetBurn;
  const target = catalog.targets.connect_success;
  const budget = errorBudget(target);
  const slowest = Math.min(...BURN_WINDOWS.map(({ burnRate }) => burnRate));
  const firing = (share: number): Fired[] =>
    BURN_WINDOWS.filter(({ burnRate }) => share > burnRate * budget).map(
      ({ severity, long, short, burnRate }) => ({
        labels: { severity, long, short, app: "chat" },
        description: `Within the last ${rangeInWords(long)}, ${percentage(share)} of the first attempts of chat got no connection: more than ${burnRate === 1 ? "" : `${burnRate} times `}what the target allows (${percentage(target.objective.share)} in 30 days), and it goes on.`,
      }),
    );
  const fast = (FASTEST_BURN_RATE * budget + 1) / 2;
  const slow = 2 * slowest * budget;
  return {
    fires: [
      {
        title: "fires in every window when most users get no connection",
        series: failing(fast, enough(fewestErrors)),
        at: "25m",
        firing: firing(fast),
      },
      {
        title: "fires for the morning when a few more get none than the target allows",
        series: failing(slow, enough(fewestErrors)),
        at: "25m",
        firing: firing(slow),
      },
    ],
    staysSilent: [
      {
        title: "stays silent when just as many get none as the target allows",
        series: failing(justBelow(slowest * budget), enough(fewestErrors)),
        at: "25m",
      },
      {
        title: "stays silent when few get none, of few",
        // Six times five minutes are the half hour that there is.
        series: failing(fast, tooFew(fewestErrors) / 6),
        at: "25m",
      },
      {
        title: "stays silent when nobody comes",
        series: { [attempts("failed")]: "0x30", [attempts("opened")]: "0x30" },
        at: "25m",
      },
    ],
  };
}
