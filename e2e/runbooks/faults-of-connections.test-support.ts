import {
  LOOKED_AT,
  LABELS_OF_PAGES as PAGES,
  labelsOfServer as server,
  labelsOfTarget as target,
} from "@sockscope/alerts";
import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECTION_DURATION,
  type ConnectOutcome,
  type ConnectTrigger,
  type EndedBy,
  PAGE_RELOADS,
  SERVER_CLOSES,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_HANDSHAKES_REJECTED,
  SERVER_REHYDRATIONS,
  TOKEN_REFRESHES,
} from "@sockscope/catalog";
import { selector } from "@sockscope/promql";

/*
 * What a healthy chat's series are replaced by while something is broken: from a few minutes before they are looked at, on a
 * chat of a thousand pages and two pods. A fault of the demo has its name there.
 */

type Series = Readonly<Record<string, string>>;

/** The first sample that has the fault in it. */
const BEGINS = LOOKED_AT - 4;

/** Every page, once. */
const ALL = 1000;

const PODS = [1, 2] as const;

/** A counter that stood still, and grows by so much each minute from the fault on. */
function eachMinute(amount: number): string {
  return `0x${BEGINS - 1} ${amount}+${amount}x20`;
}

/** A counter that grew by so much once, as the fault began. */
function once(amount: number): string {
  return `0x${BEGINS - 1} ${amount}x20`;
}

/** A counter that grew by so much each minute, until the fault began. */
function until(amount: number): string {
  return `0+${amount}x${BEGINS - 1} ${amount * (BEGINS - 1)}x20`;
}

function closes(code: string, endedBy: EndedBy, values: string): Series {
  return { [selector(CLOSES.name, { ...PAGES, code, phase: "opened", ended_by: endedBy })]: values };
}

function serverCloses(code: string, reason: string, values: string): Series {
  return Object.fromEntries(
    PODS.map((pod) => [selector(SERVER_CLOSES.name, { ...server(pod), code, reason }), values]),
  );
}

function attempts(outcome: ConnectOutcome, trigger: ConnectTrigger, values: string): Series {
  return { [selector(CONNECT_ATTEMPTS.name, { ...PAGES, outcome, trigger })]: values };
}

function refused(status: string, values: string): Series {
  return Object.fromEntries(
    PODS.map((pod) => [
      selector(SERVER_HANDSHAKES_REJECTED.name, { ...server(pod), status, credentials: "present" }),
      values,
    ]),
  );
}

/** So many connections a minute that end at this bound of the layout, beside a healthy chat's visits of two hours. */
function lives(bound: number, aMinute: number): Series {
  const visits = 20;
  return Object.fromEntries(
    CONNECTION_DURATION.layout.bounds
      .filter((le) => le >= bound && le < 7200)
      .map((le) => [
        selector(`${CONNECTION_DURATION.name}_bucket`, { ...PAGES, le: String(le) }),
        eachMinute(aMinute),
      ])
      .concat([
        [
          selector(`${CONNECTION_DURATION.name}_bucket`, { ...PAGES, le: "7200" }),
          `0+${visits}x${BEGINS - 1} ${visits * BEGINS + aMinute}+${visits + aMinute}x20`,
        ],
      ]),
  );
}

function open(pods: readonly (1 | 2)[], values: string): Series {
  return Object.fromEntries(
    pods.map((pod) => [selector(SERVER_CONNECTIONS_ACTIVE.name, { ...server(pod), route: "/chat" }), values]),
  );
}

const GONE = `500x${BEGINS - 1} 0x20`;

/** Nobody gets in. */
const NOBODY_COMES: Series = {
  ...attempts("opened", "initial", until(20)),
  ...attempts("failed", "initial", eachMinute(20)),
  ...attempts("failed", "backoff", eachMinute(80)),
  ...Object.fromEntries(
    PODS.map((pod) => [
      selector(SERVER_CONNECTIONS_OPENED.name, { ...server(pod), route: "/chat", auth_method: "cookie" }),
      until(10.5),
    ]),
  ),
};

/** One process after the other began again so many minutes ago, and the first of them was scraped while it closed its connections. */
function deployed(minutesAgo: number): Series {
  const at = LOOKED_AT - minutesAgo;
  return {
    [selector(SERVER_CLOSES.name, {
      ...server(1),
      code: "1012",
      reason: "restart",
    })]: `0x${at - 2} ${ALL / 2}x0 0x40`,
    ...Object.fromEntries(
      PODS.map((pod) => [
        selector("process_start_time_seconds", target(pod)),
        `-86400x${at - 1} ${at * 60}x40`,
      ]),
    ),
  };
}

/** What is broken. */
export type FaultyChat =
  | "lifetime_limit"
  | "idle_timeout"
  | "cut_network"
  | "half_open"
  | "overload"
  | "slow_consumer"
  | "restart"
  | "forbid_handshake"
  | "break_refresh"
  | "expire_tokens"
  | "killed pod"
  | "pool used up"
  | "pool used up after a deploy in place"
  | "cut network after a deploy in place"
  | "deploy in place"
  | "refused to go on";

const CUT_NETWORK: Series = {
  ...closes("1006", "network", once(ALL)),
  ...serverCloses("1006", "lost", once(ALL / 2)),
  ...NOBODY_COMES,
  ...open(PODS, GONE),
};

/** Who asks Redis gets nothing, and the frame that asked fails. */
const POOL_USED_UP: Series = {
  ...closes("1011", "peer", eachMinute(0.2 * ALL)),
  ...serverCloses("1011", "internal_error", eachMinute(0.1 * ALL)),
  ...Object.fromEntries(
    PODS.map((pod) => [
      selector(SERVER_REHYDRATIONS.name, { ...server(pod), outcome: "failed" }),
      eachMinute(0.1 * ALL),
    ]),
  ),
};

/** Series over those of a healthy chat, by what is broken. */
export const FAULTY_CHATS: Readonly<Record<FaultyChat, Series>> = {
  /** The whole chat is cut after a minute, each minute. */
  lifetime_limit: {
    ...closes("1006", "network", eachMinute(ALL)),
    ...serverCloses("1006", "lost", eachMinute(ALL / 2)),
    ...attempts("opened", "backoff", eachMinute(ALL)),
    ...lives(65, ALL),
  },
  /** Of ten pages, one says nothing. */
  idle_timeout: {
    ...closes("1006", "network", eachMinute(0.3 * ALL)),
    ...serverCloses("1006", "lost", eachMinute(0.15 * ALL)),
    ...attempts("opened", "backoff", eachMinute(0.3 * ALL)),
    ...lives(30, 0.3 * ALL),
  },
  cut_network: CUT_NETWORK,
  half_open: {
    ...closes("1006", "network", once(ALL)),
    ...serverCloses("3008", "heartbeat_timeout", once(ALL / 2)),
    ...open(PODS, GONE),
  },
  overload: {
    ...closes("1013", "peer", eachMinute(ALL)),
    ...serverCloses("1013", "overload", eachMinute(ALL / 2)),
    ...attempts("opened", "initial", until(20)),
    ...attempts("dropped", "initial", eachMinute(20)),
    ...attempts("dropped", "backoff", eachMinute(ALL)),
    ...lives(1, ALL),
    ...open(PODS, GONE),
  },
  /** Who does not read what is sent does not read the close frame either. */
  slow_consumer: {
    ...closes("1006", "network", eachMinute(0.3 * ALL)),
    ...serverCloses("1013", "slow_consumer", eachMinute(0.15 * ALL)),
    ...lives(15, 0.3 * ALL),
  },
  restart: {
    ...closes("1012", "peer", once(ALL)),
    ...serverCloses("1012", "restart", once(ALL / 2)),
    ...refused("503", eachMinute(50)),
    ...NOBODY_COMES,
    ...open(PODS, GONE),
  },
  forbid_handshake: { ...refused("403", eachMinute(50)), ...NOBODY_COMES },
  break_refresh: {
    [selector(TOKEN_REFRESHES.name, { ...PAGES, outcome: "failed" })]: eachMinute(50),
    [selector(PAGE_RELOADS.name, { ...PAGES, socket: "reconnecting" })]: once(8),
  },
  expire_tokens: {
    ...closes("4401", "peer", once(ALL)),
    ...serverCloses("4401", "authentication_expired", once(ALL / 2)),
    ...open(PODS, GONE),
  },
  /** Of two pods, one was killed, and began again in its place. */
  "killed pod": {
    ...closes("1006", "network", once(ALL / 2)),
    ...attempts("opened", "backoff", once(ALL / 2)),
    ...open([1], GONE),
    [selector("process_start_time_seconds", target(1))]: `-86400x${BEGINS - 1} ${BEGINS * 60}x20`,
  },
  "pool used up": POOL_USED_UP,
  "pool used up after a deploy in place": { ...POOL_USED_UP, ...deployed(8) },
  "cut network after a deploy in place": { ...CUT_NETWORK, ...deployed(25) },
  /** Everybody is cut by it, and most come back. */
  "deploy in place": { ...deployed(8), ...closes("1012", "peer", once(ALL)) },
  /** What comes next is refused, and nobody comes back by himself. */
  "refused to go on": {
    ...closes("1008", "peer", once(ALL)),
    ...serverCloses("1008", "rate_limited", once(ALL / 2)),
    ...open(PODS, GONE),
  },
};
