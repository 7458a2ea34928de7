import {
  AFFECTED_SESSIONS,
  type Catalog,
  DOWNTIME,
  PAGE_RELOADS,
  RECONNECT_EPISODES,
  SESSIONS_STARTED,
} from "@sockscope/catalog";
import { add, atBound, divide, increase, rangeInWords, subtract, sumBy } from "@sockscope/promql";
import { cutReasons, manualRefreshesSli, UNHEALTHY_RELOADS, unplannedRetryCodes } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import { closedFor, threadsInLog } from "../../runbook/questions/log.ts";
import { failedAttempts, ownHandshake, WHAT_PAGES_FIND } from "../../runbook/questions/of-attempts.ts";
import { connectedTime, failedRefreshes, NO_PAGE } from "../../runbook/questions/of-browsers.ts";
import { cutsPerPage, NO_CUT, shareByMany } from "../../runbook/questions/of-cuts.ts";
import { cutsLately, failedLately, failedRefreshesLately } from "../../runbook/questions/of-hours.ts";
import { FEWEST_FOR_A_SHARE, shareOf, TOO_FEW } from "../../runbook/questions/share-of.ts";
import { mendLoadBalancer } from "../../runbook/remedies/of-cuts.ts";
import type { Runbook } from "../../runbook/runbook.ts";

/** Users press reload because their chat does not come back. */
export function wsManualReloadsRunbook(catalog: Catalog): Runbook {
  const { manual_refreshes, automatic_recovery, reconnection_storms } = catalog.targets;
  const { per } = manual_refreshes;
  const within = `within the last ${rangeInWords(per)}`;
  const recovery = automatic_recovery.objective;
  const reloads = manualRefreshesSli(catalog).value;
  const felt = sumBy(["app"], increase(AFFECTED_SESSIONS, { code: unplannedRetryCodes(catalog) }, per));
  const ofLoads: Question = {
    id: "reloads-per-load",
    asks: `Which share of page loads was a reload over a connection that did not work, ${within}?`,
    unit: "share",
    healthy: { most: 0.01 },
    query: shareByMany(reloads, sumBy(["app"], increase(SESSIONS_STARTED, {}, per))),
    withoutSeries: {
      verdict: "healthy",
      means: `Fewer than ${FEWEST_FOR_A_SHARE} such reloads, or no page is heard of (WsCollectorDown).`,
    },
    ifHealthy:
      "One of a hundred at most: on a large chat the target's number of reloads is small. Raise the target (see CONFIGURATION.md), unless the number grows from day to day.",
    ifUnhealthy: "Users help themselves, since the chat does not. It is real.",
  };
  const slow: Question = {
    id: "slow-recovery",
    asks: `Which share of the pages that were cut took longer than ${recovery.bound} s to come back, or gave up, ${within}?`,
    unit: "share",
    healthy: { most: 1 - recovery.share },
    query: subtract(
      1,
      shareOf(
        sumBy(["app"], increase(atBound(DOWNTIME, recovery.bound), { after: "close" }, per)),
        sumBy(
          ["app"],
          increase(RECONNECT_EPISODES, { after: "close", outcome: ["recovered", "gave_up"] }, per),
        ),
      ),
    ),
    withoutSeries: { verdict: "healthy", means: `No page was cut and came back. ${TOO_FEW}` },
    ifHealthy: "Pages come back as fast as they are to: it is not this.",
    ifUnhealthy:
      'Users look at "Reconnecting" for longer than they are to. Where nothing keeps pages out, it is the backoff: the client\'s settings, or advice of the server to come back late.',
  };
  const itself: Question = {
    id: "reloads-per-cut",
    asks: `How many such reloads are there for each session that felt a cut, ${within}?`,
    unit: "count",
    healthy: { most: 2 },
    // One more, so that a day without a cut is no division by nothing.
    query: divide(reloads, add(felt, 1)),
    withoutSeries: NO_PAGE,
    ifHealthy: "No more than users press who were cut: it is not this.",
    ifUnhealthy:
      "More than users would press: a script calls `location.reload()` while the socket connects, or one user sits and reloads.",
  };
  const connected = connectedTime(catalog, {
    ifHealthy:
      'Pages have their connection now: the reloads are of earlier. Find their time in the panel "Page reloads, by what the socket was like"; `sockscope diagnose` takes it as `--at`.',
    ifUnhealthy: "Users are without their chat now: look at WsReconnectStorm and WsMassDisconnect first.",
  });
  const renewals = failedRefreshesLately(per, {
    ifHealthy: "Renewing works, or nobody does it: it is not this.",
    ifUnhealthy:
      "Pages that were cut ask for a new token first, and get none; a reload with a new login helps.",
  });
  return {
    impact: 'Users read "Reconnecting" or an error for so long that they load the page again.',
    callAtOnce: [],
    isReal: ofLoads,
    oneOrMany: {
      sessions: {
        id: "loads-that-felt-a-cut",
        asks: `Which share of page loads felt a cut, ${within}?`,
        unit: "share",
        healthy: { most: reconnection_storms.objective.share },
        query: shareByMany(felt, sumBy(["app"], increase(SESSIONS_STARTED, {}, per))),
        withoutSeries: NO_CUT,
        ifHealthy:
          "Few: one user who reloads a lot may be all of it. (A reload is a new session, so nobody counts users.)",
        ifUnhealthy: "Many. Go on.",
      },
      threads: threadsInLog(60, closedFor(cutReasons(catalog)), {
        ifHealthy: "Few were cut within the hour: it is over, or pages do not get as far as a server.",
        ifUnhealthy: "Many users are cut now. Go on.",
      }),
    },
    who: [
      {
        by: "app and what the socket was like",
        query: sumBy(["app", "socket"], increase(PAGE_RELOADS, UNHEALTHY_RELOADS, per)),
        read: "`gave_up`: the page stopped trying, and the user had to. `reconnecting`: the user did not want to wait. Since when: look at the graph of the same within an hour.",
      },
      ...(catalog.hasReleases
        ? [
            {
              by: "app and release of the page",
              query: sumBy(["app", "release"], increase(PAGE_RELOADS, UNHEALTHY_RELOADS, per)),
              read: "One release alone does not come back as the others do, or reloads itself: call the chat page's on-call.",
            },
          ]
        : []),
      WHAT_PAGES_FIND,
    ],
    firstFiveMinutes: [
      connected,
      cutsPerPage(catalog, {
        ifHealthy: "Nothing is being cut now.",
        ifUnhealthy: "Connections are being cut now: go to WsReconnectStorm.",
      }),
      failedAttempts({
        ifHealthy: "Pages get in now.",
        ifUnhealthy: 'Pages are kept out now: take the cause "Pages are kept out".',
      }),
      failedRefreshes({
        ifHealthy: "Renewing works now, or nobody does it.",
        ifUnhealthy: 'Renewing fails now: take the cause "refreshAccessToken does not work".',
      }),
    ],
    causes: [
      {
        id: "kept-out",
        title: "Pages are kept out",
        signal: "Attempts fail one after the other until the page gives up; so users reload.",
        confirm: failedLately(per, {
          ifHealthy: "Whoever tried got in: it is not this.",
          ifUnhealthy: "Pages tried and did not get in: an outage, or handshakes that are refused.",
        }),
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
        explains: ["slow-recovery", "cuts"],
      },
      {
        id: "refresh-fails",
        title: "refreshAccessToken does not work",
        signal: "Pages that were cut get no new token, and go on trying; nothing reaches the chat server.",
        confirm: renewals,
        fix: [
          { does: "Roll back what went out last, of the page or of the auth service." },
          { does: "Ask the owner of the auth service for the errors of its renewal endpoint since then." },
        ],
        verify: failedRefreshes({ ifHealthy: "Renewing works.", ifUnhealthy: "Renewing still fails." }),
        undo: [{ does: "Roll it forward again." }],
        explains: ["slow-recovery"],
      },
      {
        id: "cuts",
        title: "Connections are cut too often",
        signal: "Pages come back in time, and are cut again: users lose patience.",
        confirm: cutsLately(catalog, per, {
          ifHealthy: "No more than the target allows: it is not this.",
          ifUnhealthy: "Go to WsReconnectStorm: its causes are all of cuts.",
        }),
        fix: [{ does: "Go on with the causes on the page of WsReconnectStorm." }],
        verify: connected,
        undo: [{ does: "As on that page." }],
      },
      {
        id: "slow-recovery",
        title: "Coming back takes too long",
        signal:
          "Nothing keeps pages out, and still they come back late: a backoff that is too long, or that does not wake when the network is back.",
        confirm: slow,
        fix: [
          {
            does: "Compare the client's backoff with its defaults, and the server's advice to come back (`retry_after_ms`) with how long a restart takes.",
          },
          { does: "Where it began with a release of the page, roll the page back." },
        ],
        verify: connected,
        undo: [{ does: "Set the backoff to what it was, or roll the page forward." }],
      },
      {
        id: "page-reloads-itself",
        title: "The page reloads itself",
        signal: "Many reloads, few cuts: a script's reload counts like a user's.",
        confirm: itself,
        fix: [
          {
            does: "Look for `location.reload` in what the page loads, of third parties, too: a session watcher, an update prompt.",
          },
          { does: "Where it began with a release of the page, roll the page back." },
        ],
        verify: connected,
        undo: [{ does: "Roll the page forward." }],
      },
    ],
    mitigations: [
      {
        step: {
          does: 'Say on the page, beside "Reconnecting", that it comes back by itself and that nothing is lost.',
        },
        blastRadius: "Nobody.",
        undo: { does: "Take the text out." },
      },
    ],
    doneWhen: [
      connected,
      {
        id: "reloads-now",
        asks: "How many such reloads were there within the last hour?",
        unit: "count",
        healthy: { most: 0.5 },
        query: sumBy(["app"], increase(PAGE_RELOADS, UNHEALTHY_RELOADS, "1h")),
        withoutSeries: NO_PAGE,
        ifHealthy: "Nobody reloads any more. The day's number follows within a day.",
        ifUnhealthy: "Users still reload.",
      },
    ],
    escalation: [
      { whom: "chat page's on-call", when: "no cause is confirmed, and the number grows from day to day" },
    ],
    tellUsers:
      "If the chat says that it reconnects, it comes back by itself; what you wrote is kept, and a reload is not needed.",
  };
}
