import {
  CONNECT_ATTEMPTS,
  HANDSHAKE_FAILURES,
  type Period,
  SERVER_CONNECTIONS_OPENED,
  SERVER_HANDSHAKES_REJECTED,
} from "@sockscope/catalog";
import { add, increase, not, rangeInWords, sumBy } from "@sockscope/promql";
import type { CommandQuestion, Question } from "../question.ts";
import type { Breakdown } from "../runbook.ts";
import type { Told } from "./of-servers.ts";
import { shareOf, TOO_FEW } from "./share-of.ts";

/* Questions about pages that want a connection and do not get one. */

const RECENT: Period = "10m";

/** Which share of all attempts came to nothing before a connection was there. */
export function failedAttempts(told: Told): Question {
  return {
    id: "failed-attempts",
    asks: `Which share of the attempts to connect, first and later ones, never opened, within the last ${rangeInWords(RECENT)}?`,
    unit: "share",
    healthy: { most: 0.05 },
    query: shareOf(
      sumBy(["app"], increase(CONNECT_ATTEMPTS, { outcome: ["failed", "timed_out"] }, RECENT)),
      sumBy(["app"], increase(CONNECT_ATTEMPTS, { outcome: not("aborted") }, RECENT)),
    ),
    withoutSeries: {
      verdict: "healthy",
      means: `No page tried, or none is heard of (WsCollectorDown). ${TOO_FEW}`,
    },
    ...told,
  };
}

/** Which share of the handshakes of users servers answered with an error of HTTP. */
export function refusedHandshakes(told: Told, range: Period = RECENT): Question {
  const refused = increase(SERVER_HANDSHAKES_REJECTED, { credentials: "present" }, range);
  return {
    id: "refused-handshakes",
    asks: `Which share of the handshakes that carried a session did servers refuse, within the last ${rangeInWords(range)}?`,
    unit: "share",
    healthy: { most: 0.02 },
    query: shareOf(
      sumBy(["app"], refused),
      add(sumBy(["app"], refused), sumBy(["app"], increase(SERVER_CONNECTIONS_OPENED, {}, range))),
    ),
    withoutSeries: {
      verdict: "healthy",
      means: `No handshake reached a server: what stands before them keeps pages out, or nobody came. ${TOO_FEW}`,
    },
    ...told,
  };
}

/** What a handshake finds on the way of users. */
export function ownHandshake(told: Told): CommandQuestion {
  return {
    id: "own-handshake",
    asks: "With which HTTP status does the chat answer a handshake of a user who is logged in (101: it opens; 0: nobody answers)?",
    unit: "count",
    healthy: { least: 101, most: 101 },
    command: `curl --silent --http1.1 --max-time 5 --output /dev/null --write-out '%{http_code}\\n' --header 'Connection: Upgrade' --header 'Upgrade: websocket' --header 'Sec-WebSocket-Version: 13' --header "Sec-WebSocket-Key: $(head -c 16 /dev/urandom | base64)" --header "Origin: $PAGE_ORIGIN" --cookie "$TEST_USER_COOKIE" "$CHAT_URL"`,
    ...told,
  };
}

/** What pages find that cannot connect. */
export const WHAT_PAGES_FIND: Breakdown = {
  by: "what a page finds that asks by HTTP after two attempts that never opened",
  query: sumBy(["app", "cause"], increase(HANDSHAKE_FAILURES, {}, "30m")),
  read: "`http_403` and `http_401`: refused. `http_5xx`: a proxy without servers. `unreachable`: nobody answers. `reachable`: HTTP works and the upgrade does not, so look at the proxy's Upgrade headers. Pages ask only where the page's `probe` option is on, and seldom: read which, not how many.",
};

/** Who is refused, as servers know it. */
export const WHO_IS_REFUSED: Breakdown = {
  by: "pod, status and whether there was a session",
  query: sumBy(["instance", "status", "credentials"], increase(SERVER_HANDSHAKES_REJECTED, {}, "15m")),
  read: "`absent` are scanners, mostly. 403 on one pod: its settings. 503: it restarts. Nothing, while pages fail: they do not reach a server.",
};
