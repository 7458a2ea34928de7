import { WS_AUTH_CLOSE_SPIKE } from "@sockscope/alerts";
import { CLOSES, CONNECTION_DURATION, SERVER_CLOSES } from "@sockscope/catalog";
import { histogramQuantile, increase, rate, sumBy } from "@sockscope/promql";
import type { Runbook } from "../runbook.ts";

/** High 4401. */
export const WS_AUTH_CLOSE_SPIKE_RUNBOOK: Runbook = {
  alert: WS_AUTH_CLOSE_SPIKE,
  impact:
    'Affected users see "Authentication failed. Please refresh the page." and cannot chat until they do. The client does not retry on its own.',
  triage: [
    {
      action: "See when it began and which apps it affects.",
      query: sumBy(["app"], rate(CLOSES, { code: "4401" }, "5m")),
      confirms:
        "A step points at a deploy or a configuration change; a slow rise at tokens that expire; one app alone at that app's own settings.",
    },
    {
      action: "Ask the server which of its two reasons it gives.",
      query: sumBy(["reason"], increase(SERVER_CLOSES, { code: "4401" }, "15m")),
      confirms:
        "`authentication_expired`: tokens run out, begin with the first cause. `authentication_required`: tokens do not arrive or do not verify, begin with the third.",
    },
  ],
  causes: [
    {
      title: "Token expiry settings",
      checks: [
        {
          action: "Compare the median life of a connection with the token's lifetime.",
          query: histogramQuantile(0.5, CONNECTION_DURATION, {}, "15m", ["app"]),
          confirms:
            "The median is about the lifetime that the auth service is configured with: connections end when tokens do.",
        },
        {
          action: "Compare the clocks of the auth service and the chat server.",
          command: "date --utc --iso-8601=seconds   # on both hosts",
          confirms: "They differ by more than a few seconds: tokens expire before they should.",
        },
      ],
      fix: "Set the token lifetime back to its last good value, or correct the clock (`chronyc makestep`).",
      undo: "Restore the previous setting; tokens that were issued meanwhile stay valid until they expire.",
    },
    {
      title: "refreshAccessToken does not work",
      checks: [
        {
          action: "Ask the refresh endpoint yourself, with a test user's cookie.",
          command: `curl --silent --show-error --output /dev/null --write-out '%{http_code}\\n' --cookie "$TEST_USER_COOKIE" "$REFRESH_URL"`,
          confirms: "Anything but 200.",
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
          command:
            'redis-cli -u "$SESSION_REDIS_URL" info | grep -E "^(evicted_keys|rejected_connections|used_memory_human|maxmemory_human|loading):"',
          confirms: "No answer, `loading:1`, or `evicted_keys` that grows between two calls.",
        },
      ],
      fix: "Raise `maxmemory` or free memory so that sessions are no longer evicted; if Redis is down, fail over to its replica.",
      undo: "Lower `maxmemory` again; a failover is undone by a second one.",
    },
    {
      title: "Recent changes of the auth middleware",
      checks: [
        {
          action: "List what was deployed in the hour before the alert began.",
          command: 'git log --since="2 hours ago" --oneline -- "$AUTH_MIDDLEWARE_PATH"',
          confirms: "A change of cookie name, domain, SameSite, signing key or audience.",
        },
      ],
      fix: "Roll the change back. A changed signing key logs out everybody who holds an old token: keep verifying the old key as well.",
      undo: "Deploy the change again once old tokens are accepted.",
    },
  ],
  escalation:
    "If no cause is confirmed within 30 minutes, or more than half of all closes are 4401, call the owner of the auth service.",
};
