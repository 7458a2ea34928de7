import { type Catalog, SERVER_CLOSES, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { INTERNAL_ERROR_CODE } from "@sockscope/slo";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { above, constantly, enough, justBelow, type Part, partOf, steadily, tooFew } from "../made-up.ts";

/** What errors of the server look like, and what only looks like them. */
export function wsInternalErrorCloseSpikeCases(catalog: Catalog): AlertCases {
  const { share, fewestCloses } = catalog.thresholds.WsInternalErrorCloseSpike;
  const job = catalog.jobs.servers;
  const closed = ({ part, whole }: Part, reason = "internal_error"): SilentCase["series"] => ({
    [selector(SERVER_CLOSES.name, { app: "chat", job, code: INTERNAL_ERROR_CODE, reason })]: steadily(part, {
      within: 5,
      minutes: 20,
    }),
    [selector(SERVER_CONNECTIONS_ACTIVE.name, { app: "chat", job, route: "/ws" })]: constantly(whole, 20),
  });
  const many = enough(fewestCloses);
  return {
    fires: [
      {
        title: "fires when the server closes more connections for its own errors than it may",
        series: closed(partOf(above(share), many)),
        at: "15m",
        firing: [
          {
            labels: { severity: "page", job },
            description: `Within the last 5 minutes, chat servers of ${job} closed connections for errors of their own (close code 1011): ${percentage(above(share))} of the most that were open at a time within 10 minutes.`,
          },
        ],
      },
      {
        title: "says all when more are closed than were open at a time",
        series: closed({ part: many, whole: many / 2 }),
        at: "15m",
        firing: [
          {
            labels: { severity: "page", job },
            description: `Within the last 5 minutes, chat servers of ${job} closed connections for errors of their own (close code 1011): 100% of the most that were open at a time within 10 minutes.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when it is just not the share",
        series: closed(partOf(justBelow(share), many)),
        at: "15m",
      },
      {
        title: "stays silent when few connections are closed, of few",
        series: closed(partOf(above(share), tooFew(fewestCloses))),
        at: "15m",
      },
      {
        title: "stays silent when a framework closes with the same code because nobody answers its pings",
        series: closed(partOf(above(share), many), "heartbeat_timeout"),
        at: "15m",
      },
    ],
  };
}
