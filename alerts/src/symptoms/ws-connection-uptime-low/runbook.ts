import {
  type Catalog,
  CLOSES,
  type ConnectionState,
  type Period,
  SERVER_CLOSES,
  TIME,
} from "@sockscope/catalog";
import { type Expression, increase, rangeInWords, rate, sumBy } from "@sockscope/promql";
import { cutReasons, errorBudget, retryableClosesIn, serverCutsIn, WANTED_TIME } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import { closedFor, TABS_OF_ONE_USER, threadsInLog } from "../../runbook/questions/log.ts";
import { noMoreThan } from "../../runbook/questions/no-more-than.ts";
import {
  failedAttempts,
  ownHandshake,
  refusedHandshakes,
  WHAT_PAGES_FIND,
} from "../../runbook/questions/of-attempts.ts";
import { connectedTime, NO_PAGE } from "../../runbook/questions/of-browsers.ts";
import { ageOfTheLost, cutsPerPage, proxyTimeouts } from "../../runbook/questions/of-cuts.ts";
import { cutsLately, failedLately, failedRefreshesLately } from "../../runbook/questions/of-hours.ts";
import { serversScraped } from "../../runbook/questions/of-servers.ts";
import { shareOf } from "../../runbook/questions/share-of.ts";
import { mendLoadBalancer, raiseProxyTimeout } from "../../runbook/remedies/of-cuts.ts";
import { rollBack } from "../../runbook/remedies/of-servers.ts";
import type { Runbook } from "../../runbook/runbook.ts";

/** A ticket is read hours after what it tells of. */
const RANGE: Period = "6h";
const RANGE_WORDS: string = rangeInWords(RANGE);

/** In which a page that wants a connection has none. */
const WITHOUT: readonly ConnectionState[] = ["reconnecting", "gave_up", "rejected"];

function timeIn(state: ConnectionState | readonly ConnectionState[]): Expression<"app"> {
  return shareOf(
    sumBy(["app"], increase(TIME, { state }, RANGE)),
    sumBy(["app"], increase(TIME, WANTED_TIME, RANGE)),
  );
}

/** Pages are without the connection that they want. */
export function wsConnectionUptimeLowRunbook(catalog: Catalog): Runbook {
  const budget = errorBudget(catalog.targets.connected_time);
  const connected = connectedTime(catalog, {
    ifHealthy:
      'Pages have their connection now: it is over, and the longer numbers tell of what was. Find its time in the panel "Time without a connection"; `sockscope diagnose` takes it as `--at`.',
    ifUnhealthy: "Pages are without a connection now. It is going on.",
  });
  const kept = failedLately(RANGE, {
    ifHealthy: "Whoever tried got in: it is not this.",
    ifUnhealthy:
      "Pages tried and did not get in: an outage, a proxy without servers, or handshakes that are refused.",
  });
  const renewals = failedRefreshesLately(RANGE, {
    ifHealthy: "Renewing works, or nobody does it.",
    ifUnhealthy:
      "A page renews its token before it connects, and gets none: it goes on trying, and stays without.",
  });
  const rejected: Question = {
    id: "rejected-lately",
    asks: `Which share of the time in which pages wanted a connection did they spend turned away, over the last ${RANGE_WORDS}?`,
    unit: "share",
    healthy: { most: budget / 2 },
    query: timeIn("rejected"),
    withoutSeries: NO_PAGE,
    ifHealthy: "Few were turned away, or did not stay in front of it: it is not this.",
    ifUnhealthy:
      "Users sit in front of an error that no client mends: authentication (WsAuthCloseSpike), or a code after which a client stops.",
  };
  return {
    impact:
      'Pages want a connection and have none: users read "Reconnecting" or an error, and what they send waits.',
    callAtOnce: [],
    isReal: connected,
    oneOrMany: {
      sessions: {
        id: "pages-without",
        asks: `How many pages were without their connection at a time, on average over the last ${RANGE_WORDS}?`,
        unit: "count",
        healthy: noMoreThan(TABS_OF_ONE_USER),
        query: sumBy(["app"], rate(TIME, { state: WITHOUT }, RANGE)),
        withoutSeries: NO_PAGE,
        ifHealthy: "A few tabs that were left open, or a short outage of many: look at the graph of it.",
        ifUnhealthy:
          "Many pages. Go on. (In a chat of tens of thousands of pages a few are always on their way.)",
      },
      threads: threadsInLog(60, closedFor(cutReasons(catalog)), {
        ifHealthy: "Few were cut within the hour: it is over, or pages do not get as far as a server.",
        ifUnhealthy: "Many users are cut now. Go on.",
      }),
    },
    who: [
      {
        by: "app and what pages did instead",
        query: sumBy(["app", "state"], rate(TIME, { state: WITHOUT }, "10m")),
        read: "Pages at a time; since when: look at its graph. `reconnecting`: they are cut or kept out. `gave_up`: they were kept out for long. `rejected`: they were turned away.",
      },
      {
        by: "app and close code",
        query: sumBy(["app", "code"], increase(CLOSES, retryableClosesIn(catalog), RANGE)),
        read: "1006: nobody said why. 1011, 1013: the servers. 3008: a heartbeat that nobody answered.",
      },
      ...(catalog.hasReleases
        ? [
            {
              by: "app and release of the page",
              query: sumBy(["app", "release"], rate(TIME, { state: WITHOUT }, RANGE)),
              read: "One release alone does not come back as the others do: call the chat page's on-call. A release with more pages has more of all.",
            },
          ]
        : []),
      {
        by: "pod and the server's reason",
        query: sumBy(["instance", "reason"], increase(SERVER_CLOSES, serverCutsIn(catalog), RANGE)),
        read: 'Servers also know the pages that do not report: where the alert has `evidence="cuts"` and browsers are well, those are hit. One pod alone: that pod, or its node.',
      },
      WHAT_PAGES_FIND,
    ],
    firstFiveMinutes: [
      cutsPerPage(catalog, {
        ifHealthy: "Nothing is being cut now.",
        ifUnhealthy: "Connections are being cut now: go to WsReconnectStorm.",
      }),
      failedAttempts({
        ifHealthy: "Pages get in now.",
        ifUnhealthy: 'Pages are kept out now: take the cause "Pages are kept out".',
      }),
      refusedHandshakes({
        ifHealthy: "Servers let in whoever reaches them.",
        ifUnhealthy: "Servers refuse users: go to WsHandshakeForbidden.",
      }),
      serversScraped(catalog, {
        ifHealthy: "The servers are there.",
        ifUnhealthy: "Servers are gone: go to WsMassDisconnect.",
      }),
    ],
    causes: [
      {
        id: "proxy-timeout",
        title: "A proxy's timeout",
        signal: "Connections end at the same age all day, and nobody gives a reason.",
        confirm: proxyTimeouts({
          ifHealthy: "Connections end at any age: no timeout cuts them now.",
          ifUnhealthy: "A proxy ends them: `timeout` names its setting.",
        }),
        evidence: [
          ageOfTheLost({
            ifHealthy: "Ages differ, or few broke off: no timeout.",
            ifUnhealthy:
              "They have nearly the same age: that age is somebody's timeout, also where it is no usual one.",
          }),
        ],
        fix: raiseProxyTimeout(),
        verify: connected,
        undo: [{ does: "Set the timeout to the value that you wrote down, and reload the proxy once." }],
        explains: ["cuts"],
      },
      {
        id: "kept-out",
        title: "Pages are kept out",
        signal:
          "Attempts fail before they open: browsers see 1006, and try again with a longer backoff each time.",
        confirm: kept,
        evidence: [
          ownHandshake({
            ifHealthy: "The way in is open now.",
            ifUnhealthy:
              "0: nobody answers. 502, 503, 504: the load balancer has no server. 401, 403: go to WsHandshakeForbidden (only while the test user is logged in).",
          }),
        ],
        fix: [
          {
            does: "Servers refuse: go to WsHandshakeForbidden. Servers are gone: go to WsMassDisconnect. Else:",
          },
          ...mendLoadBalancer(),
        ],
        verify: failedAttempts({ ifHealthy: "Pages get in.", ifUnhealthy: "Pages are still kept out." }),
        undo: [{ does: "Put what was taken out into rotation again, one at a time." }],
        // What keeps pages out cut them first.
        explains: ["cuts"],
      },
      {
        id: "cuts",
        title: "Connections are cut",
        signal: "Pages get in and lose it again: each time costs a backoff of a second and more.",
        confirm: cutsLately(catalog, RANGE, {
          ifHealthy: "No more than the target allows: it is not this.",
          ifUnhealthy:
            "Connections are cut, and each cut costs the time to come back. WsReconnectStorm tells by what: its causes are all of cuts.",
        }),
        fix: [{ does: "Go on with the causes on the page of WsReconnectStorm." }],
        verify: connected,
        undo: [{ does: "As on that page." }],
      },
      {
        id: "refresh-fails",
        title: "refreshAccessToken does not work",
        signal: "Pages that were cut ask for a new token, get none, and never get as far as an attempt.",
        confirm: renewals,
        fix: [
          { does: "Roll back what went out last, of the page or of the auth service." },
          { does: "Ask the owner of the auth service for its errors since then." },
        ],
        verify: renewals,
        undo: [{ does: "Roll it forward again." }],
      },
      {
        id: "rejected",
        title: "Users are turned away",
        signal:
          "Close code 4401, or another after which a client stops; the page shows an error until it is loaded again.",
        confirm: rejected,
        fix: [
          { does: "4401: go on with the causes on the page of WsAuthCloseSpike." },
          { does: "Another code, from the minute of a deploy on: the next step." },
          ...rollBack(),
        ],
        verify: rejected,
        undo: [{ does: "Roll it forward again." }],
      },
    ],
    mitigations: [
      {
        step: { does: "Ask users whose page shows an error to reload it (a banner, the status page)." },
        blastRadius: "Every reload is a new handshake: not while pages are kept out.",
        undo: { does: "Take the banner down." },
      },
    ],
    doneWhen: [connected],
    escalation: [
      { whom: "platform's on-call", when: "pages are kept out, and the servers are well" },
      { whom: "chat page's on-call", when: "pages give up or stay away while servers would take them" },
    ],
    tellUsers:
      "The chat lost its connection for some of you, or took long to come back. Nothing that you wrote is lost. If you see an error, reload the page.",
  };
}
