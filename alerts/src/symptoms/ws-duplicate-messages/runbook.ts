import {
  type Catalog,
  DUPLICATES_DROPPED,
  DUPLICATES_RENDERED,
  STALE_FRAMES_DROPPED,
} from "@sockscope/catalog";
import {
  compare,
  type Expression,
  increase,
  multiply,
  or,
  rangeInWords,
  sumBy,
  unlessOn,
} from "@sockscope/promql";
import { ALERT_WINDOWS, duplicatesShown, reconnectionStormsSli } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import { noMoreThan } from "../../runbook/questions/no-more-than.ts";
import { NO_PAGE } from "../../runbook/questions/of-browsers.ts";
import {
  droppedShare,
  framesDropped,
  mostDropped,
  refusedFrames,
} from "../../runbook/questions/of-messages.ts";
import { serversStarted } from "../../runbook/questions/of-servers.ts";
import { rollBack } from "../../runbook/remedies/of-servers.ts";
import type { Cause, Mitigation, Runbook } from "../../runbook/runbook.ts";

const { shown: RANGE } = ALERT_WINDOWS.WsDuplicateMessages;
const IN_WORDS = rangeInWords(RANGE);

/** So many are seen by one page that draws its list anew. */
const OF_ONE_PAGE = 5;

function shownTwice({ targets }: Catalog): Question {
  return {
    id: "shown-twice",
    asks: `How many messages did pages show twice, within the last ${IN_WORDS}?`,
    unit: "count",
    healthy: { most: targets.duplicates_shown.objective.count },
    query: duplicatesShown(RANGE),
    withoutSeries: NO_PAGE,
    ifHealthy: "It is over: look at the time at which it fired (`--at`), and at the panel's graph.",
    ifUnhealthy:
      "Users saw them: the page itself says so, each message once. It is real, unless a list that scrolls counts twice (the last cause).",
  };
}

function sentTwice(catalog: Catalog): Cause {
  const dropped = framesDropped(
    catalog,
    "duplicate",
    {
      ifHealthy: "Hardly a copy comes: it is not this.",
      ifUnhealthy:
        "The server sends messages twice, and pages drop most copies. Those that users see have no `queued_message_id`, or another one.",
    },
    RANGE,
  );
  return {
    id: "sent-twice",
    title: "The server sends a message twice",
    signal: "Pages drop second copies all the time, and not after reconnects only.",
    confirm: dropped,
    fix: [
      {
        does: "Find out who sends twice: two consumers of one queue, a task that is tried again, a connection that is in a group twice.",
      },
      {
        does: "Give an answer its `queued_message_id` once, where it is made, and not where it is sent.",
      },
      ...rollBack(),
    ],
    verify: dropped,
    undo: [{ does: "Deploy the newer release again; it was not the cause." }],
  };
}

function afterReconnects(catalog: Catalog): Cause {
  const { objective, per } = catalog.targets.reconnection_storms;
  const cuts: Question = {
    id: "cuts-per-page",
    asks: `How often was each page's connection cut, within the last ${rangeInWords(per)}?`,
    unit: "share",
    healthy: { most: objective.share },
    query: reconnectionStormsSli(catalog).value,
    withoutSeries: NO_PAGE,
    ifHealthy: "Few reconnects: it is not this.",
    ifUnhealthy:
      "Pages reconnect more than they may: what a rehydration tells again is added to what is shown already.",
  };
  return {
    id: "after-reconnects",
    title: "A reconnect tells the thread again",
    signal:
      "It happens after connections were cut: the rehydration's turns are shown beside those that were there.",
    confirm: cuts,
    fix: [
      {
        does: "Let the page replace what it shows by a rehydration's turns, or merge them by `message_id`; release it.",
      },
      { does: "Mend the cuts: go to WsReconnectStorm or WsConnectionUptimeLow where one fires." },
    ],
    verify: shownTwice(catalog),
    undo: [{ does: "Release the page as it was: duplicates are better than messages that are missing." }],
  };
}

function twoSockets(catalog: Catalog): Cause {
  const stale = framesDropped(
    catalog,
    "stale",
    {
      ifHealthy: "What comes, comes from the current socket: it is not this.",
      ifUnhealthy: "Pages have two sockets at a time; a page with two clients shows what each of them gets.",
    },
    RANGE,
  );
  return {
    id: "two-sockets",
    title: "A page has two connections",
    signal: "Frames come from a socket that is no longer the current one.",
    confirm: stale,
    fix: [
      {
        does: "Make one client a page, outside of what renders again (one `ChatSocketProvider`); release it.",
      },
    ],
    verify: stale,
    undo: [{ does: "Release the page as it was." }],
  };
}

/** Those that neither copies nor reconnects explain. */
function unexplained(catalog: Catalog): Expression<"app"> {
  const { share } = catalog.targets.reconnection_storms.objective;
  const shown = duplicatesShown(RANGE);
  const withoutCopies = unlessOn(
    ["app"],
    shown,
    compare(droppedShare("duplicate", RANGE), ">", mostDropped(catalog)),
  );
  const withoutCuts = unlessOn(
    ["app"],
    withoutCopies,
    compare(reconnectionStormsSli(catalog).value, ">", share),
  );
  const withoutStale = unlessOn(
    ["app"],
    withoutCuts,
    compare(droppedShare("stale", RANGE), ">", mostDropped(catalog)),
  );
  return or(withoutStale, multiply(0, shown));
}

function renderedTwice(catalog: Catalog): Cause {
  const own: Question = {
    id: "shown-unexplained",
    asks: `How many messages did pages show twice while neither copies came, nor cuts, nor an old socket, within the last ${IN_WORDS}?`,
    unit: "count",
    healthy: { most: catalog.targets.duplicates_shown.objective.count },
    query: unexplained(catalog),
    withoutSeries: NO_PAGE,
    ifHealthy: "None, or one of the other causes explains them.",
    ifUnhealthy: "They came once and are shown twice: it is the page.",
  };
  return {
    id: "rendered-twice",
    title: "The page shows one message twice",
    signal:
      "One release of the page alone, from its first hour on: a message is added when it is sent and once more when it comes back, or a list counts what scrolls into view again.",
    confirm: own,
    fix: [
      {
        does: "Look whether `rendered(key)` is told that a message is out of view: a list that scrolls counts it again else, and users see nothing.",
      },
      { does: "Else roll the page back." },
    ],
    verify: own,
    undo: [{ does: "Release the page again; it was not the cause." }],
  };
}

const MITIGATIONS: readonly Mitigation[] = [
  {
    step: { does: "Leave it until the morning: nothing is lost." },
    blastRadius: "Users see some messages twice.",
    undo: { does: "None needed." },
  },
  {
    step: { does: "Roll the page back to the release before." },
    blastRadius: "Users get it as they load the page again.",
    undo: { does: "Release it again." },
  },
];

/** A page showed a message twice. */
export function wsDuplicateMessagesRunbook(catalog: Catalog): Runbook {
  const isReal = shownTwice(catalog);
  const causes = [sentTwice, afterReconnects, twoSockets, renderedTwice].map((cause) => cause(catalog));
  return {
    impact: "Users see a message twice. Nothing is lost.",
    callAtOnce: [],
    isReal,
    oneOrMany: {
      sessions: {
        id: "shown-twice-many",
        asks: `How many messages did pages show twice, within the last ${IN_WORDS}, against what one page may?`,
        unit: "count",
        healthy: noMoreThan(OF_ONE_PAGE),
        query: duplicatesShown(RANGE),
        withoutSeries: NO_PAGE,
        ifHealthy: "So few may be one page. Nobody counts pages here, only messages.",
        ifUnhealthy: "Many: likely more than one page, or one that draws all of its list anew.",
      },
    },
    who: [
      {
        by: "app and release of the page",
        query: sumBy(["app", "release"], increase(DUPLICATES_RENDERED, {}, "1d")),
        read: "One release alone: the page's own fault. Zero is worth nothing where the page does not call `rendered`.",
      },
      {
        by: "app, copies that were dropped in time",
        query: sumBy(["app"], increase(DUPLICATES_DROPPED, {}, "1d")),
        read: "Since when: look at its graph. Copies that come all day are the server's.",
      },
      {
        by: "app, frames of old sockets",
        query: sumBy(["app"], increase(STALE_FRAMES_DROPPED, {}, "1d")),
        read: "Steps are waves of reconnects; a slope is pages with two sockets.",
      },
    ],
    firstFiveMinutes: [
      ...causes.slice(0, 2).map(({ confirm }) => confirm),
      refusedFrames({
        ifHealthy: "Server and page speak the same version of the contract.",
        ifUnhealthy: "They do not: look which of both went out last.",
      }),
      serversStarted(catalog, {
        ifHealthy: "No process of the chat server is new.",
        ifUnhealthy: "Something went out: compare its time with the beginning.",
      }),
    ],
    causes,
    mitigations: MITIGATIONS,
    doneWhen: [isReal],
    escalation: [
      { whom: "chat page's on-call", when: "the page shows twice what came once" },
      { whom: "chat server's on-call", when: "the server sends twice" },
    ],
    tellUsers: "Some messages are shown twice. They were sent once; you can ignore the second.",
  };
}
