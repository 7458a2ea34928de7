import {
  AFFECTED_SESSIONS,
  type Catalog,
  CLOSES,
  type CloseCode,
  SERVER_CLOSE_CODES,
  SERVER_CLOSES,
} from "@sockscope/catalog";
import { increase, rate, sumBy } from "@sockscope/promql";
import { authenticationCodes } from "@sockscope/slo";
import type { Runbook } from "../runbook.ts";

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

/** In jq: whether a connection may have ended for a token that was good before. */
function endedByToken(catalog: Catalog): string {
  const reasons = ["authentication_expired", ...ownReasons(catalog).map(({ reason }) => reason)];
  const tests = reasons.map((reason) => `.reason == "${reason}"`).join(" or ");
  return reasons.length === 1 ? tests : `(${tests})`;
}

/** High 4401. */
export function wsAuthCloseSpikeRunbook(catalog: Catalog): Runbook {
  const authentication = { code: authenticationCodes(catalog) };
  return {
    impact:
      'Affected users see "Authentication failed. Please refresh the page." and cannot chat until they do. A client does not try again on its own, unless its application opted into one refresh of the token and one retry.',
    needs: [
      {
        name: "CHAT_LOG",
        meaning:
          "the structured log of the app's chat server, as its option `log` writes it: a file with one JSON object a line",
      },
      { name: "REFRESH_URL", meaning: "the endpoint that refreshAccessToken calls" },
      { name: "PAGE_ORIGIN", meaning: "the origin of the chat's page, such as https://chat.example.com" },
      { name: "TEST_USER_COOKIE", meaning: "the cookie of a test user who is logged in" },
      { name: "SESSION_REDIS_URL", meaning: "the Redis that holds the sessions" },
    ],
    triage: [
      {
        action: "See whether it is many sessions or one: count the sessions that were hit, by app.",
        query: sumBy(["app"], increase(AFFECTED_SESSIONS, authentication, "15m")),
        confirms:
          "Hundreds are a wave; go on. A handful is a few users: let the alert end, and look at them in the morning. Compare with the next step: far more closes than sessions are clients that loop.",
      },
      {
        action: "Count the closes behind them, and see when they began and which apps they hit.",
        query: sumBy(["app"], rate(CLOSES, authentication, "5m")),
        confirms:
          "A step points at a deploy or a configuration change; a slow rise at tokens that expire; one app alone at that app's own settings.",
      },
      {
        action: "Ask the servers which of their reasons they give, and look at the app that the alert names.",
        query: sumBy(["app", "reason"], increase(SERVER_CLOSES, authentication, "15m")),
        confirms: [
          "`authentication_expired`: tokens run out, take the causes in their order.",
          "`authentication_required`: tokens do not arrive or do not verify, begin with the last cause.",
          ...ownReasons(catalog).map(ownReasonText),
          "Nothing for the app: the closes do not come from its server, look at what stands in front of it.",
        ].join(" "),
      },
    ],
    causes: [
      {
        title: "Token expiry settings",
        checks: [
          {
            action:
              "Read how long the connections had lived that ended for an expired token (the median, in seconds).",
            command: `jq -s 'map(select(.event == "close" and ${endedByToken(catalog)}).duration_seconds) | sort | if length == 0 then "no such close in this log" else .[length / 2 | floor] end' "$CHAT_LOG"`,
            confirms:
              "It is about the lifetime that tokens are issued with, and that lifetime is shorter than it should be. No such close, or a lifetime as it should be: it is not this.",
          },
          {
            action: "Compare the clocks of the auth service and the chat server.",
            command: "date --utc --iso-8601=seconds   # on both hosts",
            confirms: "They differ by more than 5 seconds: tokens expire before they should.",
          },
        ],
        fix: "Set the token lifetime back to its last good value, or step the clock (`chronyc makestep`).",
        undo: "Restore the previous setting; tokens that were issued meanwhile stay valid until they expire.",
      },
      {
        title: "refreshAccessToken does not work",
        checks: [
          {
            action: "Call the refresh endpoint as the client does, with the test user's cookie.",
            command: `curl --silent --show-error --max-time 5 --request POST --output /dev/null --write-out '%{http_code}\\n' --header "Origin: $PAGE_ORIGIN" --cookie "$TEST_USER_COOKIE" "$REFRESH_URL"`,
            confirms:
              "No answer, or a 5xx. A 401 or 403 says so only if the test user is logged in on the page at this moment: check that first. A 2xx: it is not this.",
          },
        ],
        fix: "Roll back the last release of the client or of the auth service, whichever is younger.",
        undo: "Roll forward again.",
      },
      {
        title: "Session store (Redis) health",
        checks: [
          {
            action: "Ask Redis whether it answers, and whether it throws sessions away.",
            command: `redis-cli -u "$SESSION_REDIS_URL" info | grep -E "^(evicted_keys|rejected_connections|used_memory_human|maxmemory_human|loading):"`,
            confirms: "No answer, `loading:1`, or `evicted_keys` that grows between two calls.",
          },
        ],
        fix: 'Give it more memory: `redis-cli -u "$SESSION_REDIS_URL" config set maxmemory 2gb`, twice what it has now. If it is down, fail over to its replica (`replicaof no one` there) and point the chat server at it.',
        undo: "Set `maxmemory` to its old value; make the replica follow again with `replicaof HOST PORT`.",
      },
      {
        title: "Recent changes of the auth middleware",
        checks: [
          {
            action:
              "Open the deploy log of the chat server and of the auth service, and list what went out in the hour before the alert began.",
            confirms: "A change of cookie name, domain, SameSite, signing key or audience.",
          },
        ],
        fix: "Roll the change back. A changed signing key logs out everybody who holds an old token: keep verifying the old key as well.",
        undo: "Deploy the change again once old tokens are accepted.",
      },
    ],
    escalation:
      "If no cause is confirmed within 30 minutes, or the alert's value is above 30 %, call the owner of the auth service.",
  };
}
