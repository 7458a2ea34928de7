import {
  boundText,
  type Catalog,
  DUPLICATES_DROPPED,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  REPLY_LATENCY,
  SERVER_FRAMES_SENT,
  STALE_FRAMES_DROPPED,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import type { AlertCases, SilentCase } from "../alert-case.ts";
import { percentage } from "../human-numbers.ts";
import { above, constantly, enough, justBelow, type Part, shareOf, steadily, tooFew } from "../made-up.ts";

const WRITTEN = selector(FRAMES_SENT.name, { app: "chat", event: "user_message" });
const RECEIVED = selector(FRAMES_RECEIVED.name, { app: "chat", event: "assistant_message" });
const DROPPED = selector(DUPLICATES_DROPPED.name, { app: "chat" });
const STALE = selector(STALE_FRAMES_DROPPED.name, { app: "chat" });

function sentBy(job: string): string {
  return selector(SERVER_FRAMES_SENT.name, { app: "chat", job, event: "assistant_message" });
}

function unanswered({ part, whole }: Part, bound: number): SilentCase["series"] {
  return {
    [WRITTEN]: steadily(whole, { within: 5, minutes: 20 }),
    [selector(`${REPLY_LATENCY.name}_bucket`, { app: "chat", le: String(bound) })]: steadily(whole - part, {
      within: 5,
      minutes: 20,
    }),
  };
}

/** As many a minute as servers send, for ten minutes; then this share of them. */
function receivedAfterTenMinutes(share: number, aMinute: number, job: string): SilentCase["series"] {
  const then = Number((share * aMinute).toPrecision(10));
  return {
    [sentBy(job)]: `0+${aMinute}x30`,
    [RECEIVED]: `0+${aMinute}x10 ${10 * aMinute + then}+${then}x19`,
  };
}

function dropped({ part, whole }: Part): SilentCase["series"] {
  return {
    [RECEIVED]: steadily(whole, { within: 10, minutes: 20 }),
    [STALE]: constantly(0, 20),
    [DROPPED]: steadily(part, { within: 10, minutes: 20 }),
  };
}

/** What messages look like that do not appear, and what only looks like them. */
export function wsMessagesNotAppearingCases(catalog: Catalog): AlertCases {
  const { unansweredShare, fewestUserMessages, ofYesterday, droppedShare, fewestAssistantMessages } =
    catalog.thresholds.WsMessagesNotAppearing;
  const { objective } = catalog.targets.message_delivery;
  const { bound } = objective;
  const job = catalog.jobs.servers;
  const aMinute = enough(fewestAssistantMessages) / 10;
  return {
    fires: [
      {
        title: "fires when users write and many get no answer",
        series: unanswered(shareOf(above(unansweredShare), enough(fewestUserMessages)), bound),
        at: "15m",
        firing: [
          {
            labels: { severity: "page", evidence: "unanswered", app: "chat" },
            description: `Within the last 5 minutes, ${percentage(above(unansweredShare))} of what users of chat wrote had no answer on the page in ${boundText(objective)}.`,
          },
        ],
      },
      {
        title: "fires when browsers receive less of what servers send than the day before",
        series: receivedAfterTenMinutes(ofYesterday / 2, aMinute, job),
        at: "26m",
        firing: [
          {
            labels: { severity: "page", evidence: "undelivered" },
            description: `Within the last 10 minutes, browsers received ${percentage(ofYesterday / 2)} of the assistant messages that servers sent, less than ${percentage(ofYesterday)} of their mean share within the day before.`,
          },
        ],
      },
      {
        title: "fires when pages throw away what they received",
        series: dropped(shareOf(above(droppedShare), enough(fewestAssistantMessages))),
        at: "17m",
        firing: [
          {
            labels: { severity: "page", evidence: "dropped", app: "chat" },
            description: `Within the last 10 minutes, pages of chat threw away ${percentage(above(droppedShare))} as many frames, as duplicates or of an old socket, as they received assistant messages.`,
          },
        ],
      },
    ],
    staysSilent: [
      {
        title: "stays silent when just not too many get no answer",
        series: unanswered(shareOf(justBelow(unansweredShare), enough(fewestUserMessages)), bound),
        at: "15m",
      },
      {
        title: "stays silent when few wrote",
        series: unanswered(shareOf(above(unansweredShare), tooFew(fewestUserMessages)), bound),
        at: "15m",
      },
      {
        title: "stays silent when browsers receive a little less than the day before",
        series: receivedAfterTenMinutes((1 + ofYesterday) / 2, aMinute, job),
        at: "26m",
      },
      {
        title: "stays silent when pages without the SDK were always missing",
        series: {
          [sentBy(job)]: `0+${aMinute}x30`,
          [RECEIVED]: `0+${aMinute / 2}x30`,
        },
        at: "26m",
      },
      {
        title: "stays silent when pages throw away just not too much",
        series: dropped(shareOf(justBelow(droppedShare), enough(fewestAssistantMessages))),
        at: "17m",
      },
      {
        title: "stays silent when nobody writes",
        series: {
          [WRITTEN]: constantly(0, 20),
          [RECEIVED]: constantly(0, 20),
          [sentBy(job)]: constantly(0, 20),
        },
        at: "17m",
      },
    ],
  };
}
