import {
  type Catalog,
  SERVER_CONNECTIONS_OPENED,
  SERVER_HANDSHAKES_REJECTED,
  SERVER_REHYDRATIONS,
} from "@sockscope/catalog";
import {
  add,
  compare,
  divide,
  type Expression,
  increase,
  maxBy,
  minBy,
  rangeInWords,
  subtract,
  sumBy,
} from "@sockscope/promql";
import { FORBIDDEN_HANDSHAKES, FORBIDDEN_REHYDRATIONS, FORBIDDEN_SHARE, lineOf } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import { threadsInLog } from "../../runbook/questions/log.ts";
import { noMoreThan } from "../../runbook/questions/no-more-than.ts";
import {
  failedAttempts,
  ownHandshake,
  WHAT_PAGES_FIND,
  WHO_IS_REFUSED,
} from "../../runbook/questions/of-attempts.ts";
import { connectedTime, failedRefreshes } from "../../runbook/questions/of-browsers.ts";
import { failedRehydrations, serversScraped, serversStarted } from "../../runbook/questions/of-servers.ts";
import { FEWEST_FOR_A_SHARE } from "../../runbook/questions/share-of.ts";
import { rollBack, storeMoreMemory, storeQuestions } from "../../runbook/remedies/of-servers.ts";
import type { Runbook } from "../../runbook/runbook.ts";

/** Which share of the handshakes of users each process answered with 403. */
const forbiddenByProcess: Expression<"job" | "instance"> = divide(
  sumBy(["job", "instance"], increase(SERVER_HANDSHAKES_REJECTED, FORBIDDEN_HANDSHAKES, "10m")),
  compare(
    add(
      sumBy(["job", "instance"], increase(SERVER_HANDSHAKES_REJECTED, { credentials: "present" }, "10m")),
      sumBy(["job", "instance"], increase(SERVER_CONNECTIONS_OPENED, {}, "10m")),
    ),
    ">=",
    FEWEST_FOR_A_SHARE,
  ),
);

const NO_HANDSHAKE: Question["withoutSeries"] = {
  verdict: "healthy",
  means: "No user came within this time, or no server is scraped (WsServerMetricsMissing).",
};

/** Users who are logged in get 403. */
export function wsHandshakeForbiddenRunbook(catalog: Catalog): Runbook {
  const { share, fewestForbidden } = catalog.thresholds.WsHandshakeForbidden;
  const { forbidden } = catalog.targets;
  const refused: Question = {
    id: "forbidden-share",
    asks: "Which share of the handshakes that carried a session got 403, within the last 5 minutes?",
    unit: "share",
    healthy: { most: share },
    query: FORBIDDEN_SHARE,
    withoutSeries: NO_HANDSHAKE,
    ifHealthy:
      "Few, of many: a user or two whose page tries again and again, each attempt counted. For a ticket: it is over, or rare.",
    ifUnhealthy: "Users who are logged in are turned away now. It is real.",
  };
  const renewals = failedRefreshes({
    ifHealthy: "Renewing works, or nobody does it.",
    ifUnhealthy: "Pages keep a session that has run out: they ask for a new one and do not get it.",
  });
  const store = failedRehydrations({
    ifHealthy: "What the chat server keeps in Redis can be read: it is not this.",
    ifUnhealthy: "The chat server cannot read what it keeps: a session that is not found is refused.",
  });
  const handshake = ownHandshake({
    ifHealthy: "A user who is logged in gets in. Those who are refused differ: by session, origin, or pod.",
    ifUnhealthy:
      "403: the rule refuses this user, too; repeat it without the Origin header to see whether it is the origin. Only while the test user is logged in: check that first.",
  });
  return {
    impact:
      'Users who are logged in cannot open the chat: they read "Reconnecting" for as long as it lasts. Whoever is connected stays, until the next cut.',
    callAtOnce: [
      { whom: "owner of the auth service", when: "a login on another page of yours fails, too" },
      {
        whom: "incident lead",
        when: "the alert's value is above 50 %, or WsReconnectStorm fires as well: every user who is cut stays out",
      },
    ],
    isReal: refused,
    oneOrMany: {
      sessions: {
        id: "forbidden-handshakes",
        asks: "How many handshakes that carried a session got 403, within the last 15 minutes?",
        unit: "count",
        healthy: noMoreThan(fewestForbidden),
        query: sumBy(["job"], increase(SERVER_HANDSHAKES_REJECTED, FORBIDDEN_HANDSHAKES, "15m")),
        withoutSeries: NO_HANDSHAKE,
        ifHealthy:
          "A few pages that try again make as many (ten attempts each): it may be one user with some tabs. Nobody counts users who never got in.",
        ifUnhealthy: "More than a few pages make. Go on.",
      },
      threads: threadsInLog(15, '.event == "not_rehydrated" and .reason == "forbidden"', {
        ifHealthy:
          "A handshake that is refused has no thread, so this names only those who were refused their thread.",
        ifUnhealthy:
          'Many users get in and are refused their thread: take the cause "Threads that users may not see".',
      }),
    },
    who: [
      {
        by: "app, over time",
        query: sumBy(["app"], increase(SERVER_HANDSHAKES_REJECTED, FORBIDDEN_HANDSHAKES, "5m")),
        read: "Since when: look at its graph. A step is a deploy or a setting; a slow rise is sessions that run out.",
      },
      WHO_IS_REFUSED,
      WHAT_PAGES_FIND,
    ],
    firstFiveMinutes: [
      failedAttempts({
        ifHealthy: "Most pages get in.",
        ifUnhealthy: "Pages stay out: users are without their chat.",
      }),
      connectedTime(catalog, {
        ifHealthy:
          "Most users are still connected. A restart or a cut now would lock them out: stop rollouts.",
        ifUnhealthy: "Users are without their chat.",
      }),
      serversStarted(catalog, {
        ifHealthy:
          "No process of the chat server is new: look for changes of settings, of the page's address, or of the auth service.",
        ifUnhealthy: "Something went out: compare its time with the first 403.",
      }),
      serversScraped(catalog, {
        ifHealthy: "All servers are counted.",
        ifUnhealthy: "Some servers are not counted: there may be more 403 than these.",
      }),
    ],
    causes: [
      {
        id: "refresh-fails",
        title: "Sessions run out and cannot be renewed",
        signal: "403 begins when tokens reach their age; a page that is loaded again, with a login, gets in.",
        confirm: renewals,
        fix: [
          { does: "Roll back what went out last, of the page or of the auth service." },
          { does: "Ask the owner of the auth service for the errors of its renewal endpoint since then." },
        ],
        verify: renewals,
        undo: [{ does: "Roll it forward again." }],
        explains: ["everybody"],
      },
      {
        id: "everybody",
        title: "A rule or a setting refuses everybody",
        signal:
          "From one minute on, nearly every handshake gets 403: the list of origins, the cookie's name or domain, a signing key, a firewall's rule in the server.",
        confirm: {
          id: "forbidden-nearly-all",
          asks: "Do most handshakes that carried a session get 403 (which share), within the last 5 minutes?",
          unit: "share",
          healthy: { most: 0.5 },
          query: FORBIDDEN_SHARE,
          withoutSeries: NO_HANDSHAKE,
          ifHealthy: "Most get in: no rule refuses all.",
          ifUnhealthy: "The rule refuses nearly all, whoever they are.",
        },
        evidence: [handshake],
        fix: [
          {
            does: "Compare what the server allows with the page's origin, to the letter: scheme, host, port. A new address of the page is the usual case.",
          },
          { does: "Where the signing key changed, accept the old one beside the new one." },
          { does: "Else, where it began with a deploy: the next step." },
          ...rollBack(),
        ],
        verify: refused,
        undo: [{ does: "Take the origin or the key out again, or roll it forward." }],
      },
      {
        id: "one-server",
        title: "One server refuses, and the others do not",
        signal: "A user is refused, tries again, and gets in: it depends on the pod.",
        confirm: {
          id: "forbidden-apart",
          asks: "By how much do the chat server's processes differ in their share of 403, within the last 10 minutes?",
          unit: "share",
          healthy: { most: 0.3 },
          query: subtract(maxBy(["job"], forbiddenByProcess), minBy(["job"], forbiddenByProcess)),
          withoutSeries: NO_HANDSHAKE,
          ifHealthy: "All refuse alike: it is not this.",
          ifUnhealthy:
            "One process refuses what another takes: an old release, an old setting, or a clock that is wrong.",
        },
        fix: [
          {
            does: 'Find it: "By pod, status and whether there was a session" names it. Compare its release, settings and clock with the others\'.',
            command: {
              kubernetes: 'kubectl get pods --namespace "$NAMESPACE" --selector "$CHAT_PODS" --output wide',
              hosts: "chronyc tracking",
            },
          },
          {
            does: "Take it out of rotation, and let it drain before it is restarted: who is cut now comes back elsewhere.",
          },
        ],
        verify: refused,
        undo: [{ does: "Put it into rotation again." }],
        explains: ["everybody"],
      },
      {
        id: "session-store",
        title: "Session store (Redis) health",
        signal: "Sessions that are there cannot be found; threads cannot be brought back either.",
        confirm: store,
        evidence: storeQuestions(),
        fix: storeMoreMemory(),
        verify: store,
        undo: [
          { does: "Set `maxmemory` to the value that was printed first; let the replica follow again." },
        ],
        explains: ["everybody", "refresh-fails"],
      },
      {
        id: "threads",
        title: "Threads that users may not see",
        signal:
          "The handshake succeeds, and the thread is refused: a link of somebody else, or a change of permissions.",
        confirm: {
          id: "forbidden-threads",
          asks: `How many threads were refused to users, within the last ${rangeInWords(forbidden.per)}?`,
          unit: "count",
          healthy: { most: lineOf(forbidden).at },
          query: sumBy(["job"], increase(SERVER_REHYDRATIONS, FORBIDDEN_REHYDRATIONS, forbidden.per)),
          withoutSeries: NO_HANDSHAKE,
          ifHealthy: "No more than may be: it is not this.",
          ifUnhealthy:
            "Users get in and are refused their thread. One user who tries again counts every time.",
        },
        fix: [
          {
            does: "Where it began with a deploy, it is the check of permissions: the next step. Else look whose threads they are, in the log.",
          },
          ...rollBack(),
        ],
        verify: {
          id: "forbidden-threads-now",
          asks: "How many threads were refused to users, within the last 15 minutes?",
          unit: "count",
          healthy: { most: lineOf(forbidden).at },
          query: sumBy(["job"], increase(SERVER_REHYDRATIONS, FORBIDDEN_REHYDRATIONS, "15m")),
          withoutSeries: NO_HANDSHAKE,
          ifHealthy: "None, or one.",
          ifUnhealthy: "It goes on.",
        },
        undo: [{ does: "Roll it forward again." }],
      },
    ],
    mitigations: [
      {
        step: { does: "Stop rollouts and restarts of the chat server: whoever is connected stays so." },
        blastRadius: "Nobody.",
        undo: { does: "Go on with the rollout when the share of 403 is healthy." },
      },
      {
        step: { does: "Ask users who cannot get in to log out and in again (a banner, the status page)." },
        blastRadius: "Each login asks the auth service: not while that is what fails.",
        undo: { does: "Take the banner down." },
      },
      {
        step: {
          does: "Allow the origin or the old key again that was taken away, until the cause is mended.",
        },
        blastRadius:
          "Whoever holds such a key, or a page of that origin, gets in: ask the owner of the auth service first. Never switch the check off.",
        undo: { does: "Take it out again in the same night." },
      },
    ],
    doneWhen: [refused, failedAttempts({ ifHealthy: "Pages get in.", ifUnhealthy: "Pages still stay out." })],
    escalation: [
      { whom: "owner of the auth service", when: "no cause is confirmed after 20 minutes" },
      {
        whom: "platform's on-call",
        when: "pages get 403 and servers counted none: a proxy or a firewall refuses them",
      },
    ],
    tellUsers:
      "Some of you cannot open the chat although you are logged in. If you have it open, keep it open; else log out and in again.",
  };
}
