import { boundText, type Catalog, MESSAGE_LATENCY } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { errorBudget } from "@sockscope/slo";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { above, enough, justBelow, once, type Part, shareOf, steadily, tooFew } from "../made-up.ts";

/** What late messages look like, and what only looks like them. */
export function wsMessageLatencyHighCases(catalog: Catalog): AlertCases {
  const { lateSharePage, fewestMessagesPage, fewestMessagesTicket } = catalog.thresholds.WsMessageLatencyHigh;
  const { objective } = catalog.targets.message_latency;
  const budget = errorBudget(catalog.targets.message_latency);
  const inTime = selector(`${MESSAGE_LATENCY.name}_bucket`, { app: "chat", le: String(objective.bound) });
  const timed = selector(`${MESSAGE_LATENCY.name}_count`, { app: "chat" });
  const goingOn = ({ part, whole }: Part): SilentCase["series"] => ({
    [inTime]: steadily(whole - part, { within: 10, minutes: 20 }),
    [timed]: steadily(whole, { within: 10, minutes: 20 }),
  });
  // Past, so that ten minutes no longer see them.
  const past = ({ part, whole }: Part): SilentCase["series"] => ({
    [inTime]: once(whole - part, 35),
    [timed]: once(whole, 35),
  });
  return {
    fires: [
      {
        title: "fires for whoever is woken up when many messages are late",
        series: goingOn(shareOf(above(lateSharePage), enough(fewestMessagesPage))),
        at: "16m",
        firing: [
          {
            labels: { severity: "page", app: "chat" },
            description: `Within the last 10 minutes, ${percentage(above(lateSharePage))} of the messages to chat took longer than ${boundText(objective)}.`,
          },
        ],
      },
      {
        title: "fires for the morning when more are late than may be",
        series: past(shareOf(above(budget), enough(fewestMessagesTicket))),
        at: "35m",
        firing: [
          {
            labels: { severity: "ticket", app: "chat" },
            description: `Within the last hour, ${percentage(above(budget))} of the messages to chat took longer than ${boundText(objective)}; ${percentage(budget)} may.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when it is just not the share that wakes somebody up",
        series: goingOn(shareOf(justBelow(lateSharePage), enough(fewestMessagesPage))),
        at: "16m",
      },
      {
        title: "stays silent when just not too many are late",
        series: past(shareOf(justBelow(budget), enough(fewestMessagesTicket))),
        at: "35m",
      },
      {
        title: "stays silent when there are few messages",
        series: past(shareOf(above(budget), tooFew(fewestMessagesTicket))),
        at: "35m",
      },
    ],
  };
}
