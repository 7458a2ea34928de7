import {
  AFFECTED_SESSIONS,
  type Catalog,
  CLOSES,
  type CloseCode,
  CONNECT_ATTEMPTS,
  SERVER_CLOSE_CODES,
  SERVER_CLOSES,
  type ServerCloseReason,
  TIME,
} from "@sockscope/catalog";
import { divide, increase, multiply, not, or, rate, sumBy } from "@sockscope/promql";
import { authenticationCodes, recorded, SESSIONS_ACTIVE_SUM, WANTED_TIME } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import { closedFor, linesOf, threadsInLog } from "../../runbook/questions/log.ts";
import { noMoreThan } from "../../runbook/questions/no-more-than.ts";
import { connectedTime, failedRefreshes, NO_PAGE } from "../../runbook/questions/of-browsers.ts";
import { failedRehydrations, serversStarted } from "../../runbook/questions/of-servers.ts";
import { shareOf, TOO_FEW } from "../../runbook/questions/share-of.ts";
import { rollBack, storeMoreMemory, storeQuestions } from "../../runbook/remedies/of-servers.ts";
import type { Runbook } from "../../runbook/runbook.ts";
import { percentage } from "../human-numbers.ts";

/** Of the time in which pages want a connection: the alert's own value counts those of minutes, and is small where tokens run out one after the other. */
const LOCKED_OUT = 0.3;

/** The reason of a server's close for a token that was good before, and for one that never was. */
const EXPIRED: ServerCloseReason = "authentication_expired";
const MISSING: ServerCloseReason = "authentication_required";

interface OwnReason {
  readonly reason: string;
  readonly code: CloseCode;
}

/** For which a deployment's server closes besides the product's own, so that users are told that authentication failed. */
function ownReasons(catalog: Catalog): readonly OwnReason[] {
  const codes = catalog.closeCodes.filter(({ policy }) => policy.userSees === "authentication failed");
  return Object.entries(catalog.closeReasons)
    .filter(([reason]) => !Object.hasOwn(SERVER_CLOSE_CODES, reason))
    .flatMap(([reason, sent]) => {
      const code = codes.find(({ label }) => label === catalog.closeCodeLabel(sent));
      return code === undefined ? [] : [{ reason, code }];
    });
}

function ownReasonText({ reason, code: { label, name, meaning } }: OwnReason): string {
  return `\`${reason}\` (${label}, ${name}): ${/[.!?]$/.test(meaning) ? meaning : `${meaning}.`}`;
}

function affectedSessions(catalog: Catalog): Question {
  const { fewestSessions } = catalog.thresholds.WsAuthCloseSpike;
  return {
    id: "affected-sessions",
    asks: "How many sessions were closed for authentication, within the last 15 minutes?",
    unit: "count",
    healthy: noMoreThan(fewestSessions),
    query: sumBy(["app"], increase(AFFECTED_SESSIONS, { code: authenticationCodes(catalog) }, "15m")),
    withoutSeries: NO_PAGE,
    ifHealthy:
      "A few users, who may have many tabs: no wave. Let the alert end, and look at them in the morning.",
    ifUnhealthy: "Many users. Go on.",
  };
}

/** Closes of one session in a quarter of an hour, where a client stops at the first. */
function closesPerSession(catalog: Catalog): Question {
  const authentication = { code: authenticationCodes(catalog) };
  return {
    id: "closes-per-session",
    asks: "How often was each of these sessions closed, within the last 15 minutes?",
    unit: "count",
    healthy: { most: 3 },
    query: shareOf(
      sumBy(["app"], increase(CLOSES, authentication, "15m")),
      sumBy(["app"], increase(AFFECTED_SESSIONS, authentication, "15m")),
    ),
    withoutSeries: { verdict: "healthy", means: `No session was closed for authentication. ${TOO_FEW}` },
    ifHealthy: "Once or twice each, as a client does that stops at the first or tries once more. Go on.",
    ifUnhealthy:
      "Clients loop: after such a close they connect again with the same token. Users can be helped only by the page; call its on-call, and go on.",
  };
}

/** Of those who try now, be it after a reload: whoever was closed before and does nothing is not among them. */
function turnedAwayAttempts(): Question {
  const all = sumBy(["app"], increase(CONNECT_ATTEMPTS, { outcome: not("aborted") }, "10m"));
  return {
    id: "turned-away-attempts",
    asks: "Which share of the attempts to connect was turned away at once, within the last 10 minutes?",
    unit: "share",
    healthy: { most: 0.01 },
    // Of an app that has turned nobody away there may be no series yet.
    query: shareOf(
      or(sumBy(["app"], increase(CONNECT_ATTEMPTS, { outcome: "rejected" }, "10m")), multiply(0, all)),
      all,
    ),
    withoutSeries: {
      verdict: "unknown",
      means: `Nobody tries, so nobody tells: reload a page of your own. ${TOO_FEW}`,
    },
    ifHealthy: "Whoever tries now gets in. Whoever was closed before has to reload.",
    ifUnhealthy: "Whoever reloads is turned away again: it is not mended.",
  };
}

function reasonShare(catalog: Catalog, reason: ServerCloseReason): Question["query"] {
  return shareOf(
    sumBy(["app"], increase(SERVER_CLOSES, { reason }, "15m")),
    sumBy(["app"], increase(SERVER_CLOSES, { code: authenticationCodes(catalog) }, "15m")),
  );
}

const NO_SUCH_CLOSE = {
  verdict: "healthy",
  means: `Servers closed nothing for authentication: what stands in front of them did, or it is over. ${TOO_FEW}`,
} as const;

/** High 4401. */
export function wsAuthCloseSpikeRunbook(catalog: Catalog): Runbook {
  const authentication = { code: authenticationCodes(catalog) };
  const expired = [EXPIRED, ...ownReasons(catalog).map(({ reason }) => reason)];
  const refreshes = failedRefreshes({
    ifHealthy: "Renewing works, or nobody does it.",
    ifUnhealthy:
      'Pages ask for a new token and do not get it: take the cause "refreshAccessToken does not work".',
  });
  const started = serversStarted(catalog, {
    ifHealthy: "No process of the chat server is new.",
    ifUnhealthy: "Something went out: compare its time with the beginning of the closes.",
  });
  const store = failedRehydrations({
    ifHealthy: "What the chat server keeps in Redis can be read.",
    ifUnhealthy: 'The chat server cannot read what it keeps: take the cause "Session store (Redis) health".',
  });
  const affected = affectedSessions(catalog);
  const turnedAway = turnedAwayAttempts();
  const rejected: Question = {
    id: "rejected-time",
    asks: "Which share of the time in which pages wanted a connection did they spend turned away, over the last 10 minutes?",
    unit: "share",
    healthy: { most: 0.005 },
    query: shareOf(
      sumBy(["app"], increase(TIME, { state: "rejected" }, "10m")),
      sumBy(["app"], increase(TIME, WANTED_TIME, "10m")),
    ),
    withoutSeries: NO_PAGE,
    ifHealthy:
      "Nobody sits in front of the error: those who were closed are back, or gone. It may be over; watch it for 15 minutes.",
    ifUnhealthy: "Users sit in front of the error now. It is real.",
  };
  return {
    impact:
      'Users see "Authentication failed. Please refresh the page." and cannot chat until they do: a client does not come back by itself after such a close.',
    callAtOnce: [
      {
        whom: "owner of the auth service",
        when: `the first answer below is above ${percentage(LOCKED_OUT)}: so much of the time that pages want a connection, they sit before the error`,
      },
      {
        whom: "incident lead",
        when: "a login on another page of yours fails, too (try one): more than a chat is locked out",
      },
    ],
    isReal: rejected,
    oneOrMany: {
      sessions: affected,
      threads: threadsInLog(15, closedFor([MISSING, ...expired]), {
        ifHealthy:
          "One user, or a few. Where sessions say many, they were closed before they joined a thread.",
        ifUnhealthy: "Many users. Go on.",
      }),
    },
    who: [
      {
        by: "app, against its pages",
        query: divide(
          sumBy(["app"], increase(AFFECTED_SESSIONS, authentication, "5m")),
          recorded(SESSIONS_ACTIVE_SUM),
        ),
        read: "The share of users, and the app to look at; one app alone points at its own settings.",
      },
      {
        by: "app and close code, over time",
        query: sumBy(["app", "code"], rate(CLOSES, authentication, "5m")),
        read: "Since when: look at its graph. A step points at a deploy or a change of settings, a slow rise at tokens that run out.",
      },
      {
        by: "pod and the server's reason",
        query: sumBy(["instance", "reason"], increase(SERVER_CLOSES, authentication, "15m")),
        read: [
          `\`${EXPIRED}\`: tokens run out, take the causes in their order.`,
          `\`${MISSING}\`: tokens do not arrive or do not verify, begin with the last cause.`,
          ...ownReasons(catalog).map(ownReasonText),
          "One pod alone: its clock, or its release.",
        ].join(" "),
      },
    ],
    firstFiveMinutes: [closesPerSession(catalog), refreshes, store, started],
    causes: [
      {
        id: "token-expiry",
        title: "Token expiry settings",
        signal:
          "Connections are closed that were good, all after about the same time, or all at once after a clock was set.",
        confirm: {
          id: "expired-share",
          asks: "Which share of the closes for authentication had a token that was good before, within the last 15 minutes?",
          unit: "share",
          healthy: { most: 0.5 },
          query: reasonShare(catalog, EXPIRED),
          withoutSeries: NO_SUCH_CLOSE,
          ifHealthy: "Most were turned away with a token that never was good: it is not this.",
          ifUnhealthy: "Tokens run out while they are used: they live too short, or nobody renews them.",
        },
        evidence: [
          {
            id: "shortest-life",
            asks: "How long had the connections lived that ended for an expired token (the median), within the last 15 minutes?",
            unit: "seconds",
            healthy: { least: 3600 },
            command: `${linesOf(15, closedFor(expired), ".duration_seconds | numbers")} | sort -n | awk '{ lived[NR] = $1 } END { print NR ? lived[int((NR + 1) / 2)] : 86400 }'`,
            ifHealthy: "As long as tokens should live, or there is no such close: it is not this.",
            ifUnhealthy:
              "Compare it with the lifetime that tokens are issued with, which is shorter than it should be, or is counted by a clock that is wrong.",
          },
        ],
        fix: [
          { does: "Set the lifetime of tokens back to its last good value." },
          {
            does: "Where the clocks of the auth service and of the chat server differ by more than 5 seconds, correct the one that is wrong.",
            command: {
              kubernetes: 'kubectl exec --namespace "$NAMESPACE" "deployment/$CHAT" -- date -u',
              hosts: "chronyc tracking",
            },
          },
        ],
        // Nobody is closed any more a quarter of an hour after the last: clients stop at it, mended or not.
        verify: rejected,
        undo: [
          {
            does: "Set the lifetime to what it was; tokens that were issued meanwhile stay valid until they run out.",
          },
        ],
      },
      {
        id: "refresh-fails",
        title: "refreshAccessToken does not work",
        signal: "Pages that renew their token get an error, and are closed when the old one runs out.",
        confirm: refreshes,
        evidence: [
          {
            id: "refresh-endpoint",
            asks: "With which HTTP status does the endpoint answer a user who has just logged in (0: not at all; ask once for each login, since it renews that user's token)?",
            unit: "count",
            healthy: { least: 200, most: 299 },
            command: `curl --silent --max-time 5 --request POST --output /dev/null --write-out '%{http_code}\\n' --header "Origin: $PAGE_ORIGIN" --cookie "$TEST_USER_COOKIE" "$REFRESH_URL"`,
            ifHealthy: "The endpoint works for this user: it is not this.",
            ifUnhealthy: "The endpoint is what is broken.",
            saysNothing: {
              answers: [401, 403],
              means:
                "The test user may be logged out, or the endpoint may want a CSRF token. Asking uses a refresh token up where they rotate, and a second time with the same cookie may end the session: log in anew, copy the cookie, ask once. What it says then, it means.",
            },
          },
        ],
        fix: [
          {
            does: "Roll back what went out last, of the page or of the auth service.",
          },
        ],
        verify: refreshes,
        undo: [{ does: "Roll it forward again." }],
        // A token that nobody could renew has run out.
        explains: ["token-expiry"],
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
          {
            does: "Set `maxmemory` to the value that was printed first; let the replica follow again.",
          },
        ],
        explains: ["refresh-fails", "token-expiry"],
      },
      {
        id: "auth-middleware",
        title: "Recent changes of the auth middleware",
        signal: "Users are turned away with a token that was just issued, from the minute of a deploy on.",
        confirm: {
          id: "never-good-share",
          asks: "Which share of the closes for authentication had no token that verifies, within the last 15 minutes?",
          unit: "share",
          healthy: { most: 0.5 },
          query: reasonShare(catalog, MISSING),
          withoutSeries: NO_SUCH_CLOSE,
          ifHealthy: "Most had a token that was good before: it is not this.",
          ifUnhealthy:
            "Tokens do not arrive or do not verify: look for a change of cookie name, domain, SameSite, signing key or audience.",
        },
        fix: [
          ...rollBack(),
          {
            does: "Where a signing key was changed, let the server go on accepting the old key beside the new one.",
          },
        ],
        verify: turnedAway,
        undo: [{ does: "Deploy the change again once old tokens are accepted." }],
      },
    ],
    mitigations: [
      {
        step: { does: "Ask users to reload: put it where they see it (a banner, the status page)." },
        blastRadius: "None; every reload asks the auth service, so not while that is what fails.",
        undo: { does: "Take the banner down." },
      },
      {
        step: {
          does: "Let pages renew their token once after such a close (the client's `tokenRefresh` option).",
        },
        blastRadius: "Each page that is closed asks the auth service once more.",
        undo: { does: "Take the option out again." },
      },
      {
        step: {
          does: "Accept tokens for longer than they say, in the chat server, until the cause is mended.",
        },
        blastRadius:
          "Every session, also one that was stolen, lives longer. Ask the owner of the auth service first.",
        undo: { does: "Set the tolerance back to zero, in the same night." },
      },
    ],
    doneWhen: [
      rejected,
      connectedTime(catalog, {
        ifHealthy: "Users have their chat.",
        ifUnhealthy: "Users are still without their chat.",
      }),
    ],
    escalation: [
      { whom: "owner of the auth service", when: "no cause is confirmed after 30 minutes" },
      { whom: "chat page's on-call", when: "clients loop" },
    ],
    tellUsers:
      "Some of you are told that authentication failed. Reload the page; if you are asked to, log in again. What you wrote is kept.",
  };
}
