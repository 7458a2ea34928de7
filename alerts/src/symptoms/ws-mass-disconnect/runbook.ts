import { type Catalog, type CloseReason, SERVER_CLOSES } from "@sockscope/catalog";
import {
  and,
  andOn,
  compare,
  increase,
  type Matchers,
  maxOverTime,
  multiply,
  or,
  rangeInWords,
  subtract,
  sumBy,
  unlessOn,
} from "@sockscope/promql";
import {
  ALERT_WINDOWS,
  authenticationCodes,
  browsersVeto,
  CONNECTIONS_ACTIVE_SUM,
  CONNECTIONS_OUT,
  MOST_BEFORE_OUTAGE,
  recorded,
} from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import {
  failedAttempts,
  ownHandshake,
  refusedHandshakes,
  WHAT_PAGES_FIND,
} from "../../runbook/questions/of-attempts.ts";
import { connectedTime, pagesThere } from "../../runbook/questions/of-browsers.ts";
import { chosenReasons, cutThreads, LOST_REASONS, shareByMany } from "../../runbook/questions/of-cuts.ts";
import { ENDS_IN_ORDER, survivingServers } from "../../runbook/questions/of-processes.ts";
import { serversScraped } from "../../runbook/questions/of-servers.ts";
import { FEWEST_FOR_A_SHARE } from "../../runbook/questions/share-of.ts";
import { calmStorm, giveServersRoom, mendLoadBalancer } from "../../runbook/remedies/of-cuts.ts";
import { rollBack } from "../../runbook/remedies/of-servers.ts";
import type { Runbook } from "../../runbook/runbook.ts";

const { veto: RANGE, outage: OUTAGE } = ALERT_WINDOWS.WsMassDisconnect;

type Closes = Matchers<{ code: string; reason: CloseReason }>;

/** How many connections servers closed in a way, of the most that were open. */
function closed(
  catalog: Catalog,
  where: Closes,
  asked: Pick<Question, "id" | "asks" | "ifHealthy" | "ifUnhealthy">,
): Question {
  return {
    unit: "share",
    healthy: { most: catalog.thresholds.WsMassDisconnect.vetoShare },
    query: shareByMany(
      sumBy(["job"], increase(SERVER_CLOSES, where as Matchers<{ reason: CloseReason }>, RANGE)),
      maxOverTime(recorded(CONNECTIONS_ACTIVE_SUM), RANGE),
    ),
    withoutSeries: {
      verdict: "healthy",
      means: `Servers counted fewer than ${FEWEST_FOR_A_SHARE} such closes, or are not scraped (WsServerMetricsMissing).`,
    },
    ...asked,
  };
}

function asksFor(what: string): string {
  return `How many connections ${what}, of the most that were open at a time, within the last ${rangeInWords(RANGE)}?`;
}

/**
 * What servers miss: pages that are cut off from the collectors as well have no say in what browsers report, and are missed
 * all the same.
 */
function missing(catalog: Catalog): Question {
  const { lostShare, fewestConnections } = catalog.thresholds.WsMassDisconnect;
  const enough = and(CONNECTIONS_OUT, compare(MOST_BEFORE_OUTAGE, ">=", fewestConnections));
  const left = andOn([], compare(CONNECTIONS_OUT, ">", lostShare), browsersVeto(catalog, OUTAGE));
  return {
    id: "connections-missing",
    asks: `Which share of the connections is missing, of the most that were open within the last ${rangeInWords(OUTAGE)} (0: fewer than ${fewestConnections} were, or browsers were not cut)?`,
    unit: "share",
    healthy: { most: lostShare },
    // Where too few were open to tell, and where those who were here left, none is missing.
    query: or(unlessOn(["job"], enough, left), multiply(0, recorded(CONNECTIONS_ACTIVE_SUM))),
    withoutSeries: {
      verdict: "unknown",
      means: "Prometheus does not hear of any chat server: go to WsServerMetricsMissing.",
    },
    ifHealthy:
      "They are back, or those who were here left: an event that ended. Where browsers are without their chat all the same (see below), go on.",
    ifUnhealthy:
      "Servers miss them, and no browser says that it left. It is real, also where the browsers that are heard of are well: those that are cut off may not reach the collectors either.",
  };
}

/** Many connections are gone at once. */
export function wsMassDisconnectRunbook(catalog: Catalog): Runbook {
  const { lostShare, fewestConnections } = catalog.thresholds.WsMassDisconnect;
  const gone = missing(catalog);
  const connected = connectedTime(catalog, {
    ifHealthy:
      "The browsers that are heard of have their connections. It says nothing of those that reach neither the chat nor a collector.",
    ifUnhealthy: "Users are without their chat.",
  });
  const failing = failedAttempts({
    ifHealthy: "Whoever was cut comes back: it may be over. Watch it, and look for the cause.",
    ifUnhealthy: "Pages do not come back. Find out what keeps them out before what cut them.",
  });
  const scraped = serversScraped(catalog, {
    ifHealthy: "Prometheus sees the servers, so their counts can be believed.",
    ifUnhealthy:
      'Servers are down, or only their metrics are: where browsers are well, it is WsServerMetricsMissing; else take the cause "Chat servers died or were taken away".',
  });
  const surviving = survivingServers(catalog, {
    ifHealthy: "The processes are the same, or a rollout ended them: it is not this.",
    ifUnhealthy:
      "Processes ended, and everybody who was on them was cut. Whether they crashed, were killed, or lost their node, the commands below tell.",
  });
  return {
    impact:
      'A large part of the users lost the chat at the same moment. They see "Reconnecting", and all of them come back at once if they can.',
    callAtOnce: [
      {
        whom: "incident lead",
        when: "the alert's value is above 80 %, or pages do not come back within five minutes",
      },
      { whom: "platform's on-call", when: "another service behind the same load balancer is gone, too" },
    ],
    isReal: gone,
    oneOrMany: {
      sessions: {
        id: "connections-gone",
        asks: `How many connections are gone, of the most that were open within the last ${rangeInWords(OUTAGE)}?`,
        unit: "count",
        healthy: { most: Math.round(fewestConnections * lostShare) },
        query: subtract(MOST_BEFORE_OUTAGE, recorded(CONNECTIONS_ACTIVE_SUM)),
        withoutSeries: {
          verdict: "unknown",
          means: "Prometheus does not hear of any chat server: go to WsServerMetricsMissing.",
        },
        ifHealthy:
          "Few are gone by now: they are back, or it was a few users. Done when the rest of this page is healthy, too.",
        ifUnhealthy: "Many are still gone. Go on.",
      },
      threads: cutThreads(catalog, {
        ifHealthy:
          "The log knows of few. A process that died wrote nothing, so that means little where servers are gone.",
        ifUnhealthy: "Many users. Go on.",
      }),
    },
    who: [
      {
        by: "pod",
        query: sumBy(["instance"], increase(SERVER_CLOSES, {}, RANGE)),
        read: 'Since when and where: look at the graph of the panel "Open connections, by server". One pod that fell to nothing is that pod; all that fell alike are what stands before them.',
      },
      {
        by: "app, close code and the server's reason",
        query: sumBy(["app", "code", "reason"], increase(SERVER_CLOSES, {}, RANGE)),
        read: "`lost` and `heartbeat_timeout`: the way is cut. `restart`: a rollout. `overload`, `internal_error`: the servers. `peer`: users left by themselves. Few of any, while connections are gone: the servers that counted are dead.",
      },
      WHAT_PAGES_FIND,
    ],
    firstFiveMinutes: [
      scraped,
      connected,
      failing,
      refusedHandshakes({
        ifHealthy: "Servers let in whoever reaches them.",
        ifUnhealthy: "Servers are there and refuse. 503: they restart. 403: go to WsHandshakeForbidden.",
      }),
      pagesThere({
        ifHealthy: "Pages are heard of: what browsers say on this page can be believed.",
        ifUnhealthy:
          "No page is heard of: what cut users from the chat cut them from the collectors, or the collectors are gone (WsCollectorDown). Believe the servers' numbers only.",
      }),
    ],
    causes: [
      {
        id: "servers-gone",
        title: "Chat servers died or were taken away",
        signal:
          "Processes ended and told nobody: fewer than before, or new ones in their place; browsers see 1006.",
        confirm: surviving,
        fix: giveServersRoom(),
        verify: scraped,
        undo: [{ does: "Scale back to the number that you wrote down, an hour after it is over." }],
        explains: ["network"],
      },
      {
        id: "rollout",
        title: "A rollout or a restart closed too many at once",
        signal:
          "Close code 1012 on one pod after the other, or on all together; the deploy has the same minute.",
        confirm: closed(
          catalog,
          { reason: ENDS_IN_ORDER },
          {
            id: "restart-closes",
            asks: asksFor("did servers close for their own restart"),
            ifHealthy: "No rollout closed them: it is not this.",
            ifUnhealthy:
              "A rollout closed them, faster than browsers come back, or what it started does not take them.",
          },
        ),
        fix: [
          {
            does: "See how far it is.",
            command: {
              kubernetes:
                'kubectl rollout status --namespace "$NAMESPACE" "deployment/$CHAT" --watch=false; kubectl get --namespace "$NAMESPACE" "deployment/$CHAT" --output \'jsonpath={.spec.strategy}{" paused: "}{.spec.paused}{"\\n"}\'',
              hosts: 'systemctl status "$CHAT"   # and stop the deploy before it takes the next host',
            },
          },
          {
            does: "Where the new processes take connections, let everybody come back; then go on slower: one pod or host at a time (`maxUnavailable`), with a longer drain.",
          },
          {
            does: "Where they do not, go back. Do not pause it for that: going back stops it by itself, and Kubernetes refuses to take a paused rollout back until it is resumed.",
          },
          ...rollBack(),
        ],
        verify: failing,
        undo: [
          { does: "Roll it forward again, a pod or host at a time." },
          {
            does: "Whatever was chosen: where somebody paused the rollout, resume it when it is the release that you want. A paused one swallows every later deploy and restart.",
            command: {
              kubernetes:
                'kubectl get --namespace "$NAMESPACE" "deployment/$CHAT" --output \'jsonpath={.spec.paused}{"\\n"}\'   # true: kubectl rollout resume',
              hosts: 'systemctl status "$CHAT"   # then go on with the deploy, a host at a time',
            },
          },
        ],
        // It ends processes, and a drain that is too short ends some connections without a word.
        explains: ["servers-gone", "network"],
      },
      {
        id: "network",
        title: "Load balancer or network",
        signal:
          "Servers run on, and lose their connections without a close frame, of all pods alike; other services may be hit as well.",
        confirm: closed(
          catalog,
          { reason: LOST_REASONS },
          {
            id: "lost-closes",
            asks: asksFor("broke off without a word, as servers saw it"),
            ifHealthy: "Servers lost few: it is not this, or the servers that lost them are dead.",
            ifUnhealthy: "The way between pages and servers was cut.",
          },
        ),
        evidence: [
          ownHandshake({
            ifHealthy: "The way is open from where you are.",
            ifUnhealthy:
              "0: nobody answers. 502, 503, 504: the load balancer has no server. 401, 403: go to WsHandshakeForbidden (only while the test user is logged in).",
          }),
        ],
        fix: mendLoadBalancer(),
        verify: failing,
        undo: [{ does: "Put what was taken out into rotation again, one at a time." }],
      },
      {
        id: "server-closes",
        title: "Servers closed them: overload, errors or a rule",
        signal:
          "Close codes 1011 or 1013, and whoever comes back is closed again; or 1003, 1008 or 4403, after which pages do not come back by themselves.",
        confirm: closed(
          catalog,
          { reason: chosenReasons(catalog) },
          {
            id: "chosen-closes",
            asks: asksFor("did servers close for a reason of their own, without restarts and authentication"),
            ifHealthy: "They did not: it is not this.",
            ifUnhealthy:
              "By the reason: `overload`: servers are full, or believe so. `internal_error`: go to WsInternalErrorCloseSpike. `slow_consumer`: pages do not read. `rate_limited`, `forbidden`, `unsupported_data`, `protocol_error`: a rule that came with a deploy of the server, or pages that send something else than before.",
          },
        ),
        fix: [
          {
            does: "`overload`: add processes. New ones take whoever was turned away.",
          },
          ...giveServersRoom(),
          {
            does: "`rate_limited`, `forbidden`: take back the limit or the rule that changed, where it is a setting. Users whose page stopped have to load it again: tell them so.",
          },
          { does: "`internal_error`, or whatever began with a deploy: the next step." },
          ...rollBack(),
        ],
        verify: gone,
        undo: [{ does: "Scale back, or roll forward, an hour after it is over." }],
        // Of a reader that is too slow, the close is not read either.
        explains: ["network"],
      },
      {
        id: "signed-out",
        title: "Everybody was signed out",
        signal:
          'Close code 4401: users read "Authentication failed", and their pages do not come back by themselves. WsAuthCloseSpike fires as well.',
        confirm: closed(
          catalog,
          { code: authenticationCodes(catalog) },
          {
            id: "authentication-closes",
            asks: asksFor("were closed for authentication"),
            ifHealthy: "They were not: it is not this.",
            ifUnhealthy: "Go to WsAuthCloseSpike: it has the causes.",
          },
        ),
        fix: [{ does: "Go on with the page of WsAuthCloseSpike." }],
        verify: connected,
        undo: [{ does: "As on that page." }],
      },
    ],
    mitigations: calmStorm(),
    doneWhen: [gone, connected, failing],
    escalation: [
      { whom: "platform's on-call", when: "no cause is confirmed after ten minutes" },
      { whom: "incident lead", when: "connections are still missing after half an hour" },
    ],
    tellUsers:
      "Many of you lost the chat a moment ago. We are at it; it comes back by itself, and what you wrote is sent then.",
  };
}
