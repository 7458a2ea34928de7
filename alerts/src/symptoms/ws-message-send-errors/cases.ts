import { type Catalog, SERVER_FRAMES_SENT, SERVER_SEND_ERRORS } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { above, enough, justBelow, type Part, partOf, steadily, tooFew } from "../made-up.ts";

/** What a server looks like that cannot send, and what only looks like one. */
export function wsMessageSendErrorsCases(catalog: Catalog): AlertCases {
  const { share, fewestErrors } = catalog.thresholds.WsMessageSendErrors;
  const job = catalog.jobs.servers;
  const failing = ({ part, whole }: Part, reason = "backpressure"): SilentCase["series"] => ({
    [selector(SERVER_SEND_ERRORS.name, { app: "chat", job, reason })]: steadily(part, {
      within: 5,
      minutes: 20,
    }),
    [selector(SERVER_FRAMES_SENT.name, { app: "chat", job, event: "assistant_message" })]: steadily(
      whole - part,
      { within: 5, minutes: 20 },
    ),
  });
  return {
    fires: [
      {
        title: "fires when frames cannot be sent",
        series: failing(partOf(above(share), enough(fewestErrors))),
        at: "15m",
        firing: [
          {
            labels: { severity: "page", job },
            description: `Within the last 5 minutes, ${percentage(above(share))} of the frames that ${job} had for its users could not be sent.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when it is just not the share",
        series: failing(partOf(justBelow(share), enough(fewestErrors))),
        at: "15m",
      },
      {
        title: "stays silent when few cannot be sent, of few",
        series: failing(partOf(above(share), tooFew(fewestErrors))),
        at: "15m",
      },
      {
        title: "stays silent when users leave while something is sent to them",
        series: failing(partOf(above(share), enough(fewestErrors)), "closed"),
        at: "15m",
      },
    ],
  };
}
