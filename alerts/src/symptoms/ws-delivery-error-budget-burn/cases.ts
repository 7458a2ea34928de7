import { boundText, type Catalog, FRAMES_SENT, REPLY_LATENCY } from "@sockscope/catalog";
import { rangeInWords, selector } from "@sockscope/promql";
import { BURN_WINDOWS, errorBudget, FASTEST_BURN_RATE } from "@sockscope/slo";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { enough, justBelow, steadily, tooFew } from "../made-up.ts";

const WRITTEN = selector(FRAMES_SENT.name, { app: "chat", event: "user_message" });

/** What burns the budget, and what only looks like it. */
export function wsDeliveryErrorBudgetBurnCases(catalog: Catalog): AlertCases {
  const { fewestUnanswered } = catalog.thresholds.WsDeliveryErrorBudgetBurn;
  const target = catalog.targets.message_delivery;
  const budget = errorBudget(target);
  const slowest = Math.min(...BURN_WINDOWS.map(({ burnRate }) => burnRate));
  const answered = selector(`${REPLY_LATENCY.name}_bucket`, {
    app: "chat",
    le: String(target.objective.bound),
  });
  /** So many are written within five minutes, of which this share has no answer, and on. */
  const unanswered = (share: number, written: number): SilentCase["series"] => ({
    [WRITTEN]: steadily(written, { within: 5, minutes: 30 }),
    [answered]: steadily((1 - share) * written, { within: 5, minutes: 30 }),
  });
  const many = enough(fewestUnanswered) / (slowest * budget);
  return {
    fires: [
      {
        title: "fires in every window when nothing is answered",
        series: unanswered(1, many),
        at: "25m",
        firing: BURN_WINDOWS.map(({ severity, long, short, burnRate }) => ({
          labels: { severity, long, short, app: "chat" },
          description: `Within the last ${rangeInWords(long)}, 100% of what users of chat wrote had no answer on the page in ${boundText(target.objective)}: more than ${burnRate === 1 ? "" : `${burnRate} times `}what the target allows (${percentage(target.objective.share)} in 30 days), and it goes on.`,
        })),
      },
    ],
    staysSilent: [
      {
        title: "stays silent when just as many have none as the target allows",
        series: unanswered(justBelow(slowest * budget), many),
        at: "25m",
      },
      {
        title: "stays silent when few wrote",
        // Six times five minutes are the half hour that there is.
        series: unanswered(1, tooFew(fewestUnanswered) / (FASTEST_BURN_RATE * budget) / 6),
        at: "25m",
      },
      {
        title: "stays silent when nobody writes",
        series: { [WRITTEN]: "0x30", [answered]: "0x30" },
        at: "25m",
      },
    ],
  };
}
