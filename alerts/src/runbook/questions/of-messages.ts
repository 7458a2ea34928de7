import {
  boundText,
  type Catalog,
  DUPLICATES_DROPPED,
  FRAMES_RECEIVED,
  type Period,
  REPLY_LATENCY,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_REFUSED,
  SERVER_FRAMES_SENT,
  STALE_FRAMES_DROPPED,
} from "@sockscope/catalog";
import {
  and,
  atBound,
  compare,
  countOf,
  divide,
  type Expression,
  increase,
  multiply,
  not,
  or,
  rangeInWords,
  subtract,
  sumBy,
} from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  ASSISTANT_MESSAGES,
  type BurnRange,
  couldBeAnswered,
  recorded,
  UNANSWERED_RATIOS,
  userMessages,
} from "@sockscope/slo";
import type { Question } from "../question.ts";
import { noMoreThan } from "./no-more-than.ts";
import type { Told } from "./of-servers.ts";
import { FEWEST_FOR_A_SHARE, shareOf, TOO_FEW } from "./share-of.ts";

/* Where a message can be lost between somebody who writes and the answer on the page: questions of what users write and wait for. */

/** What a question about messages counts over, and which share of them may be missing. */
export interface Missing {
  readonly range: BurnRange;
  readonly most: number;
}

/** What of users' messages came to servers. */
export function messagesTaken(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(SERVER_FRAMES_RECEIVED, { event: "user_message" }, range));
}

/** Answers that servers handed to a socket: none where there is no series yet, since a server has it from its first answer on. */
export function answersSent(range: Period): Expression<"app"> {
  const sent = sumBy(["app"], increase(SERVER_FRAMES_SENT, ASSISTANT_MESSAGES, range));
  return or(sent, multiply(0, messagesTaken(range)));
}

/** Answers that pages received, with copies. */
function answersReceived(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(FRAMES_RECEIVED, ASSISTANT_MESSAGES, range));
}

function duplicatesDropped(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(DUPLICATES_DROPPED, {}, range));
}

/** Answers that pages received, each once. */
function answersOnPages(range: Period): Expression<"app"> {
  return subtract(answersReceived(range), duplicatesDropped(range));
}

/** Answers that a page could tell which message they answer. */
function answersNamed(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(countOf(REPLY_LATENCY), {}, range));
}

const NOBODY_WROTE = {
  verdict: "unknown",
  means: `Nobody wrote, or no page is heard of (WsCollectorDown). ${TOO_FEW}`,
} as const;

/** Which share of what users wrote stayed without an answer in time. */
export function unansweredShare(catalog: Catalog, { range, most }: Missing, told: Told): Question {
  const { objective } = catalog.targets.message_delivery;
  return {
    id: "unanswered",
    asks: `Which share of what users wrote had no answer on the page in ${boundText(objective)}, within the last ${rangeInWords(range)}?`,
    unit: "share",
    healthy: { most },
    query: and(
      recorded(UNANSWERED_RATIOS[range]),
      compare(userMessages(range, couldBeAnswered(catalog)), ">=", FEWEST_FOR_A_SHARE),
    ),
    withoutSeries: NOBODY_WROTE,
    ...told,
  };
}

/**
 * How many messages stayed without an answer in time, where more of them did than may: what comes nearest to a number of users.
 *
 * @param fewest as many of them may be one user's
 */
export function unansweredMessages(
  catalog: Catalog,
  { range, most, fewest }: Missing & { readonly fewest: number },
  told: Told,
): Question {
  const { objective } = catalog.targets.message_delivery;
  const unanswered = subtract(
    userMessages(range, couldBeAnswered(catalog)),
    sumBy(["app"], increase(atBound(REPLY_LATENCY, objective.bound), {}, range)),
  );
  return {
    id: "unanswered-messages",
    asks: `How many messages had no answer on the page in ${boundText(objective)}, within the last ${rangeInWords(range)}?`,
    unit: "count",
    healthy: noMoreThan(fewest),
    query: and(unanswered, compare(recorded(UNANSWERED_RATIOS[range]), ">", most)),
    withoutSeries: {
      verdict: "healthy",
      means: "No more than may: as a share, it is above the question whether it is real.",
    },
    ...told,
  };
}

/** Whether servers send an answer to what they are told; servers on both sides. */
export function answersSentPerMessage({ range, most }: Missing, told: Told): Question {
  return {
    id: "answers-sent",
    asks: `How many answers do servers send for each message that they get, within the last ${rangeInWords(range)}?`,
    unit: "share",
    healthy: { least: 1 - most },
    query: shareOf(answersSent(range), messagesTaken(range)),
    withoutSeries: {
      verdict: "unknown",
      means: `Nothing that users write reaches a server, nobody writes, or Prometheus has no chat server (WsServerMetricsMissing). ${TOO_FEW}`,
    },
    ...told,
  };
}

/**
 * Whether what servers send reaches pages. Servers meet pages here, and pages without the SDK are missing in the answers as in the
 * messages: over each other, they cancel.
 */
export function answersArriving({ range, most }: Missing, told: Told): Question {
  const onPages = divide(answersOnPages(range), userMessages(range));
  const onServers = divide(answersSent(range), messagesTaken(range));
  return {
    id: "answers-arriving",
    asks: `Which share of the answers that servers send reaches the pages (answers per message there, over answers per message on servers: pages without the SDK cancel), within the last ${rangeInWords(range)}?`,
    unit: "share",
    healthy: { least: 1 - most },
    query: and(
      and(divide(onPages, onServers), compare(answersSent(range), ">=", FEWEST_FOR_A_SHARE)),
      compare(userMessages(range), ">=", FEWEST_FOR_A_SHARE),
    ),
    withoutSeries: {
      verdict: "unknown",
      means: `Servers send no answers, or pages report no messages. ${TOO_FEW}`,
    },
    ...told,
  };
}

/** Whether answers say what they answer; pages on both sides. */
export function namedAnswers({ range, most }: Missing, told: Told): Question {
  return {
    id: "answers-named",
    asks: `Which share of the answers that pages receive names a message of that page, within the last ${rangeInWords(range)}?`,
    unit: "share",
    healthy: { least: 1 - most },
    query: shareOf(answersNamed(range), answersOnPages(range)),
    withoutSeries: {
      verdict: "healthy",
      means: `Hardly an answer arrives: they are missing, and not without a name. ${TOO_FEW}`,
    },
    ...told,
  };
}

/** Whether answers come too late to count; pages on both sides. */
export function lateAnswers(catalog: Catalog, { range, most }: Missing, told: Told): Question {
  const { objective } = catalog.targets.message_delivery;
  return {
    id: "late-answers",
    asks: `Which share of the answers that came took longer than ${boundText(objective)}, within the last ${rangeInWords(range)}?`,
    unit: "share",
    healthy: { most },
    query: shareOf(
      subtract(
        answersNamed(range),
        sumBy(["app"], increase(atBound(REPLY_LATENCY, objective.bound), {}, range)),
      ),
      answersNamed(range),
    ),
    withoutSeries: {
      verdict: "healthy",
      means: `Hardly an answer comes that could be late. ${TOO_FEW}`,
    },
    ...told,
  };
}

/** What pages dropped: the second copy of a message, or what came from a socket that is no longer the current one. */
type DroppedAs = "duplicate" | "stale";

const DROPPED: Readonly<Record<DroppedAs, Pick<Question, "id"> & { readonly what: string }>> = {
  duplicate: { id: "duplicates-dropped", what: "as second copies" },
  stale: { id: "stale-dropped", what: "because they came from an old socket" },
};

const { dropped: DROPPED_RANGE } = ALERT_WINDOWS.WsMessagesNotAppearing;

/** How many frames pages dropped, for each answer that they received. */
export function droppedShare(as: DroppedAs, range: Period): Expression<"app"> {
  const stale = sumBy(["app"], increase(STALE_FRAMES_DROPPED, {}, range));
  return shareOf(as === "duplicate" ? duplicatesDropped(range) : stale, answersReceived(range));
}

/** Half of what fires: the alert adds both kinds up, so one of them has at least half of it. */
export function mostDropped({ thresholds }: Catalog): number {
  return thresholds.WsMessagesNotAppearing.droppedShare / 2;
}

/** Whether pages drop more frames than they may. */
export function framesDropped(
  catalog: Catalog,
  as: DroppedAs,
  told: Told,
  range: Period = DROPPED_RANGE,
): Question {
  const { id, what } = DROPPED[as];
  return {
    id,
    asks: `How many frames do pages drop ${what}, for each answer that they receive, within the last ${rangeInWords(range)}?`,
    unit: "share",
    healthy: { most: mostDropped(catalog) },
    query: droppedShare(as, range),
    withoutSeries: {
      verdict: "healthy",
      means: `Pages receive hardly an answer, so there is none to drop. ${TOO_FEW}`,
    },
    ...told,
  };
}

/** Which share of frames servers answered with an error, without those of clients that send too much. */
export function refusedFrames(told: Told): Question {
  return {
    id: "refused-frames",
    asks: "Which share of the frames that servers get do they answer with an error (without `too_many`: one client that loops), within the last 10 minutes?",
    unit: "share",
    healthy: { most: 0.01 },
    query: shareOf(
      sumBy(["app"], increase(SERVER_FRAMES_REFUSED, { reason: not("too_many") }, "10m")),
      sumBy(["app"], increase(SERVER_FRAMES_RECEIVED, {}, "10m")),
    ),
    withoutSeries: {
      verdict: "unknown",
      means: `Servers get no frames, or Prometheus has no chat server. ${TOO_FEW}`,
    },
    ...told,
  };
}
