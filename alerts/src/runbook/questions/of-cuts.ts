import {
  AFFECTED_SESSIONS,
  type Catalog,
  CLOSE_REASON,
  CLOSES,
  type CloseReason,
  CONNECTION_DURATION,
  IDLE_TIMEOUTS,
  type IdleTimeout,
  type Period,
  SERVER_CLOSES,
} from "@sockscope/catalog";
import {
  and,
  atBound,
  compare,
  divide,
  type Expression,
  increase,
  labelled,
  multiply,
  or,
  rangeInWords,
  rangeSeconds,
  subtract,
  sumBy,
} from "@sockscope/promql";
import {
  cutReasons,
  RETRYABLE_CLOSES_RATE_5M,
  recorded,
  retryableClosesIn,
  SESSIONS_ACTIVE_SUM,
  unplannedRetryCodes,
} from "@sockscope/slo";
import type { CommandQuestion, Question } from "../question.ts";
import type { Breakdown } from "../runbook.ts";
import { closedFor, linesOf, TABS_OF_ONE_USER, threadsInLog } from "./log.ts";
import { noMoreThan } from "./no-more-than.ts";
import { NO_PAGE } from "./of-browsers.ts";
import { ENDS_IN_ORDER } from "./of-processes.ts";
import type { Told } from "./of-servers.ts";
import { FEWEST_FOR_A_SHARE, shareOf, TOO_FEW } from "./share-of.ts";

/* Questions about connections that something cut. */

const RECENT: Period = "10m";

/** Long enough for every page that is hit to have been hit. */
const REACH: Period = "15m";

/** The log of the same time, in minutes. */
const REACH_MINUTES = rangeSeconds(REACH) / 60;

/** So many for each of the whole, where there are enough of them: one of three is a third. */
export function shareByMany<L extends string>(
  part: Expression<L>,
  whole: Expression<NoInfer<L>>,
): Expression<L> {
  return and(
    divide(part as Expression, whole as Expression),
    compare(part as Expression, ">=", FEWEST_FOR_A_SHARE),
  ) as Expression<L>;
}

/** What it means that nothing was cut. */
export const NO_CUT: Question["withoutSeries"] = {
  verdict: "healthy",
  means: `Nothing was cut, or nobody is heard of (WsCollectorDown, WsServerMetricsMissing). ${TOO_FEW}`,
};

/** Unplanned cuts for each page that is there, as WsReconnectStorm counts them. */
export function cutsPerPage(catalog: Catalog, told: Told): Question {
  const { range } = RETRYABLE_CLOSES_RATE_5M;
  return {
    id: "cuts-per-page",
    asks: `How many cuts were there for each page, within the last ${rangeInWords(range)}?`,
    unit: "share",
    healthy: { most: catalog.targets.reconnection_storms.objective.share },
    query: shareByMany(
      multiply(recorded(RETRYABLE_CLOSES_RATE_5M), rangeSeconds(range)),
      recorded(SESSIONS_ACTIVE_SUM),
    ),
    withoutSeries: NO_CUT,
    ...told,
  };
}

/** Cuts for which nobody gave a reason: what lies between a page and its server, or a server that died. */
export function cutsWithoutAWord(catalog: Catalog, told: Told): Question {
  return {
    id: "cuts-without-a-word",
    asks: `How many connections broke off without a close frame, for each page, within the last ${rangeInWords(RECENT)}?`,
    unit: "share",
    healthy: { most: catalog.targets.reconnection_storms.objective.share },
    query: shareByMany(
      sumBy(["app"], increase(CLOSES, { ...retryableClosesIn(catalog), ended_by: "network" }, RECENT)),
      recorded(SESSIONS_ACTIVE_SUM),
    ),
    withoutSeries: NO_CUT,
    ...told,
  };
}

/** Which share of the servers' cuts were of their own will: all but networks that are gone. */
export function cutsByServers(catalog: Catalog, told: Told): Question {
  const cuts = { reason: cutReasons(catalog) };
  return {
    id: "cuts-by-servers",
    asks: `Which share of the cuts did servers make themselves, for an overload, an error or a reader that is too slow, within the last ${rangeInWords(RECENT)}?`,
    unit: "share",
    healthy: { most: 0.5 },
    query: shareOf(
      sumBy(["app"], increase(SERVER_CLOSES, { reason: chosenCutReasons(catalog) }, RECENT)),
      sumBy(["app"], increase(SERVER_CLOSES, cuts, RECENT)),
    ),
    withoutSeries: NO_CUT,
    ...told,
  };
}

/** Reasons of {@link cutReasons} that a server has for itself. */
export function chosenCutReasons(catalog: Catalog): ReturnType<typeof cutReasons> {
  return cutReasons(catalog).filter((reason) => !LOST_REASONS.includes(reason));
}

/**
 * Every reason that a server has for itself, whether pages come back after it or not: all but those of networks and peers that are
 * gone, of its own end, and of authentication.
 */
export function chosenReasons(catalog: Catalog): ReturnType<typeof cutReasons> {
  const others: readonly CloseReason[] = [
    ...LOST_REASONS,
    ...ENDS_IN_ORDER,
    "peer",
    "normal",
    "authentication_required",
    "authentication_expired",
  ];
  const own = Object.keys(catalog.closeReasons) as CloseReason[];
  return [...new Set([...CLOSE_REASON, ...own])].filter((reason) => !others.includes(reason));
}

/** Reasons that say that nobody is there any more: the way is cut, or the peer. */
export const LOST_REASONS: ReturnType<typeof cutReasons> = ["lost", "heartbeat_timeout"];

/** An age at which proxies end connections, and the ages that it is held against. */
interface ProxyAge extends IdleTimeout {
  readonly among: readonly [from: number, to: number];
}

/** Shorter than the heartbeats that are to keep a connection: 25 s for the client, 30 s for most servers. */
const SHORTER_THAN_HEARTBEATS: ProxyAge = { seconds: 20, between: [15, 30], among: [5, 120] };

const { bounds } = CONNECTION_DURATION.layout;

/** The usual timeouts, each among the ages to the next bounds of the layout. */
const PROXY_AGES: readonly ProxyAge[] = [
  SHORTER_THAN_HEARTBEATS,
  ...IDLE_TIMEOUTS.map((timeout) => {
    const [below, above] = timeout.between;
    const from = bounds.findLast((bound) => bound < below) ?? below;
    const to = bounds.find((bound) => bound > above) ?? above;
    return { ...timeout, among: [from, to] as const };
  }),
];

/** Fewer connections than this make no peak: at night one visit would be all of them. */
const FEWEST_OF_AN_AGE = 10;

function ended([from, to]: readonly [from: number, to: number]): Expression<"app"> {
  const upTo = (bound: number): Expression<"app"> =>
    sumBy(["app"], increase(atBound(CONNECTION_DURATION, bound), {}, "5m"));
  return subtract(upTo(to), upTo(from));
}

function peak({ seconds, between, among }: ProxyAge): Expression<"app" | "timeout"> {
  const share = divide(ended(between), compare(ended(among), ">=", FEWEST_OF_AN_AGE));
  return labelled(share, "timeout", `${seconds} s`);
}

/**
 * Whether connections end at the age that is a proxy's usual timeout. Visits may end at any age and all of them may be short, so
 * an age is held against those around it.
 */
export function proxyTimeouts(told: Told): Question {
  const ages = PROXY_AGES.map(({ between: [below, above] }) => `${below} to ${above} s`);
  return {
    id: "proxy-timeouts",
    asks: `Of the connections that ended at about the age of a proxy's usual timeout, which share ended just then (${ages.join(", ")}), within the last 5 minutes?`,
    unit: "share",
    healthy: { most: 0.4 },
    query: PROXY_AGES.map(peak).reduce((all, one) => or(all, one)),
    withoutSeries: {
      verdict: "healthy",
      means: `Fewer than ${FEWEST_OF_AN_AGE} connections ended at about any of these ages.`,
    },
    ...told,
  };
}

/** How many pages felt a cut. */
export function cutSessions(catalog: Catalog, told: Told): Question {
  return {
    id: "cut-sessions",
    asks: `How many sessions felt a cut, within the last ${rangeInWords(REACH)}?`,
    unit: "count",
    healthy: noMoreThan(TABS_OF_ONE_USER),
    query: sumBy(["app"], increase(AFFECTED_SESSIONS, { code: unplannedRetryCodes(catalog) }, REACH)),
    withoutSeries: NO_PAGE,
    ...told,
  };
}

/** The same as the log of the chat servers has it. */
export function cutThreads(catalog: Catalog, told: Told): CommandQuestion {
  return threadsInLog(REACH_MINUTES, closedFor(cutReasons(catalog)), told);
}

/** How old connections were that broke off: equal ages are somebody's setting. */
export function ageOfTheLost(told: Told): CommandQuestion {
  return {
    id: "age-of-the-lost",
    asks: `How much older than the younger quarter is the older quarter of the connections that broke off (as a share of its age), within the last ${REACH_MINUTES} minutes?`,
    unit: "share",
    healthy: { least: 0.2 },
    command: `${linesOf(REACH_MINUTES, closedFor(["lost"]), ".duration_seconds // empty")} | sort -n | awk '{ lived[NR] = $1 } END { young = lived[int((NR + 3) / 4)]; old = lived[int((3 * NR + 3) / 4)]; print (NR >= ${FEWEST_OF_AN_AGE} && old > 0 ? (old - young) / old : 1) }'`,
    ...told,
  };
}

/** Who is cut, by what and where. */
export function whoIsCut(catalog: Catalog): readonly Breakdown[] {
  const { range } = RETRYABLE_CLOSES_RATE_5M;
  const cuts = retryableClosesIn(catalog);
  return [
    {
      by: "app, against its pages",
      query: divide(
        multiply(recorded(RETRYABLE_CLOSES_RATE_5M), rangeSeconds(range)),
        recorded(SESSIONS_ACTIVE_SUM),
      ),
      read: "Since when: look at its graph. One spike is something that went; a plateau is pages that are cut again and again.",
    },
    {
      by: "app, close code and who ended it",
      query: sumBy(["app", "code", "ended_by"], increase(CLOSES, cuts, REACH)),
      read: "`network`: nobody said why, so begin between page and server. `peer`: a close frame came, so begin at the servers; 1014 is a gateway's.",
    },
    ...(catalog.hasReleases
      ? [
          {
            by: "app and release of the page",
            query: sumBy(["app", "release"], increase(CLOSES, cuts, REACH)),
            read: "What cuts connections hits every release alike. One release alone: its client reconnects where the others do not; call the chat page's on-call.",
          },
        ]
      : []),
    {
      by: "pod and the server's reason",
      query: sumBy(["instance", "reason"], increase(SERVER_CLOSES, { reason: cutReasons(catalog) }, REACH)),
      read: "One pod alone: that pod, or its node. All alike: what stands before them, or what stands behind them.",
    },
  ];
}
