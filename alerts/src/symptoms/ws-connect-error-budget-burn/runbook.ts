import { type Catalog, CONNECT_ATTEMPTS, type ConnectOutcome, type Period } from "@sockscope/catalog";
import { and, compare, increase, rangeInWords, sumBy } from "@sockscope/promql";
import {
  CONNECT_ERROR_RATIOS,
  connectErrors,
  DECIDED_FIRST_ATTEMPTS,
  errorBudget,
  recorded,
  UNSUCCESSFUL_FIRST_ATTEMPTS,
} from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import { linesOf, TABS_OF_ONE_USER } from "../../runbook/questions/log.ts";
import { noMoreThan } from "../../runbook/questions/no-more-than.ts";
import {
  ownHandshake,
  refusedHandshakes,
  WHAT_PAGES_FIND,
  WHO_IS_REFUSED,
} from "../../runbook/questions/of-attempts.ts";
import { connectedTime } from "../../runbook/questions/of-browsers.ts";
import { shareByMany } from "../../runbook/questions/of-cuts.ts";
import { busiestServer, serversScraped, serversStarted } from "../../runbook/questions/of-servers.ts";
import { FEWEST_FOR_A_SHARE } from "../../runbook/questions/share-of.ts";
import { giveServersRoom, mendLoadBalancer } from "../../runbook/remedies/of-cuts.ts";
import { rollBack } from "../../runbook/remedies/of-servers.ts";
import type { Runbook } from "../../runbook/runbook.ts";

/** The longest window that wakes somebody up is longer, but what burns now is to be found. */
const RANGE: Period = "1h";

/** Which share of first attempts ended in a way. */
function firstAttempts(
  catalog: Catalog,
  outcome: ConnectOutcome,
  asked: Pick<Question, "id" | "asks" | "ifHealthy" | "ifUnhealthy">,
): Question {
  return {
    unit: "share",
    healthy: { most: errorBudget(catalog.targets.connect_success) },
    query: shareByMany(
      sumBy(["app"], increase(CONNECT_ATTEMPTS, { ...UNSUCCESSFUL_FIRST_ATTEMPTS, outcome }, RANGE)),
      sumBy(["app"], increase(CONNECT_ATTEMPTS, DECIDED_FIRST_ATTEMPTS, RANGE)),
    ),
    withoutSeries: {
      verdict: "healthy",
      means: `Fewer than ${FEWEST_FOR_A_SHARE} first attempts ended so, or no page is heard of (WsCollectorDown).`,
    },
    ...asked,
  };
}

function asksFor(what: string): string {
  return `Which share of first attempts ${what}, within the last ${rangeInWords(RANGE)}?`;
}

/** Too many users get no connection. */
export function wsConnectErrorBudgetBurnRunbook(catalog: Catalog): Runbook {
  const { fewestErrors } = catalog.thresholds.WsConnectErrorBudgetBurn;
  const now = "5m";
  const burning: Question = {
    id: "connect-errors-now",
    asks: `Which share of first attempts got no connection, within the last ${rangeInWords(now)}?`,
    unit: "share",
    healthy: { most: errorBudget(catalog.targets.connect_success) },
    query: and(recorded(CONNECT_ERROR_RATIOS[now]), compare(connectErrors(now), ">=", FEWEST_FOR_A_SHARE)),
    withoutSeries: {
      verdict: "healthy",
      means: `Fewer than ${FEWEST_FOR_A_SHARE} failed: it is over, it is slow (look at the hour below), or no page is heard of (WsCollectorDown).`,
    },
    ifHealthy: "No more than the target allows: it is over, or so slow that minutes do not show it.",
    ifUnhealthy: "Users who open the page now get no chat. It is real.",
  };
  const refused = refusedHandshakes(
    {
      ifHealthy: "Servers let in whoever reaches them: it is not this.",
      ifUnhealthy:
        'Servers answer handshakes with an error; "By pod, status and whether there was a session" says which. 403: go to WsHandshakeForbidden. 503: they restart. 404: a path that changed.',
    },
    RANGE,
  );
  return {
    impact: 'Users open the page and get no chat: "Reconnecting", or an error, from the start.',
    callAtOnce: [
      {
        whom: "platform's on-call",
        when: "the page itself, or another service behind the load balancer, does not load either",
      },
      { whom: "incident lead", when: "the alert's value is above 50 %" },
    ],
    isReal: burning,
    oneOrMany: {
      sessions: {
        id: "connect-errors",
        asks: `How many first attempts got no connection, within the last ${rangeInWords(RANGE)}?`,
        unit: "count",
        healthy: noMoreThan(fewestErrors),
        query: connectErrors(RANGE),
        withoutSeries: {
          verdict: "healthy",
          means: "No first attempt failed, or no page is heard of (WsCollectorDown).",
        },
        ifHealthy:
          "A few page loads, which may be one user who loads the page again and again: let it end. A page counts once, however often it tries.",
        ifUnhealthy: "Many page loads, and each is a user's. Go on.",
      },
      threads: {
        id: "threads",
        asks: "How many connections did servers close within 5 seconds after opening, within the last 15 minutes?",
        unit: "count",
        healthy: { most: TABS_OF_ONE_USER },
        command: `${linesOf(15, '.event == "close" and .reason != "peer" and (.duration_seconds | numbers) < 5', ".correlation_id // empty")} | sort -u | wc -l`,
        ifHealthy:
          "Few: users are kept out before a server takes them, or by one that refuses the handshake. Such a user has no thread, and no line here.",
        ifUnhealthy:
          'Many get in and are closed at once: take the cause "Servers close new connections at once".',
      },
    },
    who: [
      {
        by: "app and how first attempts ended",
        query: sumBy(["app", "outcome"], increase(CONNECT_ATTEMPTS, DECIDED_FIRST_ATTEMPTS, RANGE)),
        read: "Since when: look at its graph. `failed`: never opened. `timed_out`: still connecting after 20 s. `dropped`, `rejected`: opened, and closed at once.",
      },
      ...(catalog.hasReleases
        ? [
            {
              by: "app and release of the page",
              query: sumBy(
                ["app", "release"],
                increase(CONNECT_ATTEMPTS, UNSUCCESSFUL_FIRST_ATTEMPTS, RANGE),
              ),
              read: "One release alone asks for the wrong address, or carries no session: roll the page back.",
            },
          ]
        : []),
      WHO_IS_REFUSED,
      WHAT_PAGES_FIND,
    ],
    firstFiveMinutes: [
      serversScraped(catalog, {
        ifHealthy: "The servers are there.",
        ifUnhealthy: "Servers are gone: see WsMassDisconnect as well.",
      }),
      connectedTime(catalog, {
        ifHealthy: "Whoever was connected still is: only new pages are hit.",
        ifUnhealthy:
          "Users who were connected are hit, too: see WsReconnectStorm and WsMassDisconnect first.",
      }),
      serversStarted(catalog, {
        ifHealthy: "No process of the chat server is new.",
        ifUnhealthy: "Something went out: compare its time with the first errors.",
      }),
    ],
    causes: [
      {
        id: "unreachable",
        title: "Pages do not reach a server",
        signal:
          "Attempts never open, and servers counted nothing: DNS, certificate, load balancer, or a proxy that does not pass the upgrade on.",
        confirm: firstAttempts(catalog, "failed", {
          id: "first-failed",
          asks: asksFor("never opened"),
          ifHealthy: "Whoever came got a connection for a moment at least: it is not this.",
          ifUnhealthy: "Pages are kept out before or at the handshake.",
        }),
        evidence: [
          ownHandshake({
            ifHealthy:
              "The way is open from where you are: it may be a region, a network, or a release of the page.",
            ifUnhealthy:
              '0: nobody answers, or the certificate is bad. 200, 400, 426: the proxy does not pass the upgrade on. 502, 503, 504: it has no server. 401, 403: take the cause "Servers refuse the handshake" (only while the test user is logged in).',
          }),
        ],
        fix: mendLoadBalancer(),
        verify: burning,
        undo: [{ does: "Put what was taken out into rotation again, one at a time." }],
      },
      {
        id: "refused",
        title: "Servers refuse the handshake",
        signal: "Attempts never open, and servers counted a refusal for each: 403, 401, 404, 429, 503.",
        confirm: refused,
        fix: [
          { does: "403: go on with the causes on the page of WsHandshakeForbidden." },
          {
            does: "503 during a rollout: pause it, and let new processes take connections before old ones stop.",
          },
          { does: "404 or 400 from the minute of a deploy on: the next step." },
          ...rollBack(),
        ],
        verify: burning,
        undo: [{ does: "Roll it forward again, or go on with the rollout." }],
        explains: ["unreachable"],
      },
      {
        id: "dropped",
        title: "Servers close new connections at once",
        signal:
          "Attempts open and end within five seconds: 1013 where servers are full, 1011 where they fail, 1006 where they crash.",
        confirm: firstAttempts(catalog, "dropped", {
          id: "first-dropped",
          asks: asksFor("opened and ended within five seconds"),
          ifHealthy: "Who gets in stays in: it is not this.",
          ifUnhealthy:
            'Servers take connections and do not keep them. See the panel "Closes at the server, by reason": `overload`, or `internal_error` (WsInternalErrorCloseSpike).',
        }),
        fix: [
          { does: "`internal_error`: go on with WsInternalErrorCloseSpike. `overload`:" },
          ...giveServersRoom(),
        ],
        verify: burning,
        undo: [{ does: "Scale back to the number that you wrote down, an hour after it is over." }],
      },
      {
        id: "rejected",
        title: "New users are turned away",
        signal: "Attempts open and are closed with a code after which a client stops: 4401 above all.",
        confirm: firstAttempts(catalog, "rejected", {
          id: "first-rejected",
          asks: asksFor("were turned away for good"),
          ifHealthy: "Few were turned away: it is not this.",
          ifUnhealthy:
            "Users come without a session that holds: go to WsAuthCloseSpike, which has the causes.",
        }),
        fix: [{ does: "Go on with the causes on the page of WsAuthCloseSpike." }],
        verify: burning,
        undo: [{ does: "As on that page." }],
      },
      {
        id: "slow",
        title: "Handshakes take too long",
        signal:
          "Attempts are still connecting after 20 seconds: servers, or what they ask for a session, are slow.",
        confirm: firstAttempts(catalog, "timed_out", {
          id: "first-timed-out",
          asks: asksFor("were still connecting after 20 seconds, or given up by then"),
          ifHealthy: "Handshakes are fast, or fail fast: it is not this.",
          ifUnhealthy: 'Handshakes hang. Look at the panel "Time to connect" for those that got through.',
        }),
        fix: giveServersRoom(),
        verify: busiestServer(catalog, {
          ifHealthy: "Processes have room for handshakes.",
          ifUnhealthy: "Processes are busy: handshakes wait.",
        }),
        undo: [{ does: "Scale back to the number that you wrote down, an hour after it is over." }],
      },
    ],
    mitigations: [
      {
        step: { does: "Stop rollouts of the chat server, of the page and of what stands between." },
        blastRadius: "Nobody. A fix that is on its way waits, too.",
        undo: { does: "Go on with the rollout." },
      },
      {
        step: { does: "Send users of the zone or load balancer that fails to another one (DNS, weights)." },
        blastRadius:
          "Everybody who was connected there is cut once, and comes back elsewhere: look first whether there is room.",
        undo: { does: "Set the weights back in steps." },
      },
    ],
    doneWhen: [burning],
    escalation: [
      {
        whom: "platform's on-call",
        when: "pages do not reach a server, and no cause is confirmed after 20 minutes",
      },
      { whom: "chat page's on-call", when: "one release of the page alone fails" },
      { whom: "chat server's on-call", when: "servers refuse or close, and no deploy explains it" },
    ],
    tellUsers:
      "Some of you cannot open the chat at the moment. It tries again by itself; there is no need to reload.",
  };
}
