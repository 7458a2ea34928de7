import {
  AFFECTED_SESSIONS,
  type Catalog,
  CLOSES,
  type Period,
  SERVER_CLOSES,
  SERVER_REHYDRATIONS,
  type ServerCloseReason,
} from "@sockscope/catalog";
import {
  add,
  clampMin,
  divide,
  type Expression,
  increase,
  maxOverTime,
  multiply,
  or,
  rate,
  subtract,
  sumBy,
} from "@sockscope/promql";
import {
  INTERNAL_ERROR_CODE,
  INTERNAL_ERROR_SHARE,
  internalErrorCloses,
  recorded,
  SESSIONS_ACTIVE_SUM,
} from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import { closedFor, linesOf, threadsInLog } from "../../runbook/questions/log.ts";
import { noMoreThan } from "../../runbook/questions/no-more-than.ts";
import { connectedTime, NO_PAGE } from "../../runbook/questions/of-browsers.ts";
import { answersSent, messagesTaken } from "../../runbook/questions/of-messages.ts";
import { ofNewProcesses } from "../../runbook/questions/of-new-processes.ts";
import { busiestServer, serversScraped, serversStarted } from "../../runbook/questions/of-servers.ts";
import { shareOf, TOO_FEW } from "../../runbook/questions/share-of.ts";
import { rollBack, storeMoreMemory, storeQuestions } from "../../runbook/remedies/of-servers.ts";
import type { Cause, Mitigation, Runbook } from "../../runbook/runbook.ts";

const FAILED: ServerCloseReason = "internal_error";

/** Long enough to be seen when the alert goes on firing after its condition ended. */
const LATELY: Period = "15m";

/** A number that falls as soon as a fix works: the alert's own. */
function closesNow({ thresholds }: Catalog): Question {
  return {
    id: "closes-now",
    asks: `Which share of the connections did servers close for errors of their own (${INTERNAL_ERROR_CODE}), within the last 5 minutes?`,
    unit: "share",
    healthy: { most: thresholds.WsInternalErrorCloseSpike.share },
    query: INTERNAL_ERROR_SHARE,
    withoutSeries: {
      verdict: "unknown",
      means: "Prometheus has no chat server: go to WsServerMetricsMissing.",
    },
    ifHealthy: "It is over.",
    ifUnhealthy: "It goes on.",
  };
}

const affected = { code: INTERNAL_ERROR_CODE };

function hitPages({ thresholds }: Catalog): Question {
  return {
    id: "hit-pages",
    asks: "Which share of the pages had their connection closed for an error of the server, within the last 10 minutes?",
    unit: "share",
    healthy: { most: thresholds.WsInternalErrorCloseSpike.share },
    query: divide(
      sumBy(["app"], increase(AFFECTED_SESSIONS, affected, "10m")),
      maxOverTime(recorded(SESSIONS_ACTIVE_SUM), "10m"),
    ),
    withoutSeries: NO_PAGE,
    ifHealthy:
      "Users' pages hardly feel it: it is something else that connects (a script, a monitor, a page without the SDK). Look at its log lines in the morning.",
    ifUnhealthy: "Users lose their connection. It is real.",
  };
}

function hitSessions({ thresholds }: Catalog): Question {
  return {
    id: "hit-sessions",
    asks: `How many sessions had their connection closed for an error of the server, within the last 15 minutes?`,
    unit: "count",
    healthy: noMoreThan(thresholds.WsInternalErrorCloseSpike.fewestCloses),
    query: sumBy(["app"], increase(AFFECTED_SESSIONS, affected, LATELY)),
    withoutSeries: NO_PAGE,
    ifHealthy:
      "A few sessions that are closed again and again: one thread or one kind of message breaks the server. Find it by its thread, and go on.",
    ifUnhealthy: "Many users. Go on.",
  };
}

function exceptions(catalog: Catalog): Cause {
  return {
    id: "consumer-exceptions",
    title: "Exceptions in the consumer",
    signal:
      "The code that handles a frame throws, and the server closes the connection with it. The page reconnects, sends the message again, and it throws again.",
    confirm: {
      id: "thrown-share",
      asks: `Which share of these closes did the chat server decide itself (reason \`${FAILED}\`), within the last 15 minutes?`,
      unit: "share",
      healthy: { most: 0.5 },
      query: shareOf(
        sumBy(["job"], increase(SERVER_CLOSES, { code: INTERNAL_ERROR_CODE, reason: FAILED }, LATELY)),
        internalErrorCloses(["job"], LATELY),
      ),
      withoutSeries: {
        verdict: "healthy",
        means: `Servers close nothing for errors of their own. ${TOO_FEW}`,
      },
      ifHealthy:
        "Most were closed past the chat's code: by the framework, or by the peer. Look at their reasons by pod.",
      ifUnhealthy:
        "The chat's code failed. Open the error tracker, at the newest exception with the most events. Where it names Redis, take the third cause; where it names a broker or a task, the fourth.",
    },
    evidence: [
      {
        id: "fast-failures",
        asks: "How many of these connections ended within 10 seconds of their opening, within the last 15 minutes?",
        unit: "count",
        healthy: { most: 5 },
        command: `${linesOf(15, `${closedFor([FAILED])} and (.duration_seconds | numbers) < 10`, ".correlation_id")} | wc -l`,
        ifHealthy: "It throws at a certain frame: look which, in the exception's own data.",
        ifUnhealthy:
          "It throws at the first frames already: at the hello, or at a message that pages send again. Until it is mended, they loop.",
      },
    ],
    fix: [
      {
        does: "Take the `correlation_id` of a line, and find its exception in the error tracker.",
        command: linesOf(5, closedFor([FAILED]), "[.correlation_id, .thread_id, .duration_seconds] | @tsv"),
      },
      {
        does: "Where one kind of frame throws and a switch turns that feature off, turn it off. Else roll back:",
      },
      ...rollBack(),
    ],
    verify: closesNow(catalog),
    undo: [{ does: "Deploy the newer release again, or turn the feature on; it was not the cause." }],
  };
}

function recentDeploy(catalog: Catalog): Cause {
  const { fewestCloses } = catalog.thresholds.WsInternalErrorCloseSpike;
  return {
    id: "recent-deploy",
    title: "Recent deploys",
    signal: "The closes begin with the first process of the new release, and come from new processes.",
    confirm: ofNewProcesses(catalog, internalErrorCloses(["job", "instance"], LATELY), {
      id: "closes-of-new-processes",
      asks: "How many connections did processes that began within the last 30 minutes close for errors of their own, within the last 15 minutes?",
      healthy: { most: fewestCloses },
      ifHealthy: "No process is new, or the new ones do not fail: it is not this.",
      ifUnhealthy:
        "New processes fail: roll back first, and look for the reason then. (They are new after a crash, too: compare with your deploys.)",
    }),
    fix: rollBack(),
    verify: closesNow(catalog),
    undo: [{ does: "Deploy the release again once it is mended." }],
    explains: ["consumer-exceptions"],
  };
}

/**
 * Whether threads can be read. A hello that ends with an exception says nothing of why, so only those count that were answered, with
 * the thread or with an error: without any, nobody can tell this from an exception.
 */
function unreadableThreads(range: Period): Question["query"] {
  const failed = sumBy(["app"], increase(SERVER_REHYDRATIONS, { outcome: "failed" }, range));
  // A fifth more, because increase() extrapolates two counters that rise together not quite alike.
  const met = multiply(1.2, internalErrorCloses(["app"], range));
  const answeredWithError = clampMin(or(subtract(failed, met), failed), 0);
  const sent = sumBy(["app"], increase(SERVER_REHYDRATIONS, { outcome: "sent" }, range));
  return shareOf(answeredWithError, add(sent, answeredWithError));
}

function channelLayer(): Cause {
  const unreadable: Question = {
    id: "unreadable-threads",
    asks: "Which share of the threads that pages asked for could not be read, without an exception, within the last 5 minutes?",
    unit: "share",
    healthy: { most: 0.01 },
    query: unreadableThreads("5m"),
    withoutSeries: {
      verdict: "unknown",
      means: `Hardly a page asked for its thread, or all of them met an exception: then Prometheus cannot tell Redis from code. Ask Redis itself. ${TOO_FEW}`,
    },
    ifHealthy:
      "Threads can be read, so Redis answers. The channel layer may be another Redis: ask it where exceptions name it.",
    ifUnhealthy: "The chat server cannot read what it keeps in Redis.",
  };
  return {
    id: "channel-layer",
    title: "Channel layer (Redis) connectivity",
    signal:
      "Exceptions name Redis or the channel layer; threads cannot be brought back; all pods have it at once.",
    confirm: unreadable,
    evidence: storeQuestions(),
    fix: storeMoreMemory(),
    verify: unreadable,
    undo: [{ does: "Set `maxmemory` to the value that was printed first; let the replica follow again." }],
    explains: ["consumer-exceptions", "workers"],
  };
}

function workers(): Cause {
  const handled: Question = {
    id: "messages-handled",
    asks: "Of the messages that servers get, which share do they answer, or fail at with a close, within the last 5 minutes?",
    unit: "share",
    healthy: { least: 0.7 },
    query: shareOf(orFailed(answersSent("5m"), "5m"), messagesTaken("5m")),
    withoutSeries: {
      verdict: "healthy",
      means: `Hardly a message reaches a server: workers have nothing to do. ${TOO_FEW}`,
    },
    ifHealthy: "What is not closed is answered: workers do their work.",
    ifUnhealthy:
      "Messages are taken and neither answered nor closed for: they wait for a worker. The closes may be its timeouts.",
  };
  return {
    id: "workers",
    title: "Worker (task queue) health",
    signal: "The task queue grows; answers come late or not at all; exceptions are timeouts of tasks.",
    confirm: handled,
    fix: [
      {
        does: "Look at the queue's length and at its workers. Where none is there, start them; where they hang, restart them one at a time.",
      },
      { does: "Where the queue grows and workers are busy, start more of them." },
    ],
    verify: handled,
    undo: [{ does: "Stop the workers that you started, once the queue is empty." }],
    explains: ["consumer-exceptions"],
  };
}

/** Of users' messages, what had an answer, or an exception instead. */
function orFailed(answered: Expression<"app">, range: Period): Expression<"app"> {
  return or(add(answered, internalErrorCloses(["app"], range)), answered);
}

const MITIGATIONS: readonly Mitigation[] = [
  {
    step: {
      does: "Take a single pod that has all of the closes out of service.",
      command: {
        kubernetes:
          'kubectl get pods --namespace "$NAMESPACE" --selector "$CHAT_PODS"   # then: kubectl delete pod, with the name of that one',
        hosts: 'systemctl restart "$CHAT"   # on the host that has them, and on no other',
      },
    },
    blastRadius: "The pages of that pod reconnect, which they do already.",
    undo: { does: "None needed: another takes its place." },
  },
  {
    step: { does: "Turn off the feature whose frames throw, where there is a switch." },
    blastRadius: "Users miss the feature.",
    undo: { does: "Turn it on again." },
  },
  {
    step: {
      does: "Restart all of the chat server, a pod after the other: for a state that is broken, not for code.",
      command: {
        kubernetes: 'kubectl rollout restart --namespace "$NAMESPACE" "deployment/$CHAT"',
        hosts: 'systemctl restart "$CHAT"   # one host after the other, each when the one before is back',
      },
    },
    blastRadius: "Every page reconnects once, those without trouble as well.",
    undo: { does: "None: where it does not help, it is the code. Roll back." },
  },
];

/** High 1011. */
export function wsInternalErrorCloseSpikeRunbook(catalog: Catalog): Runbook {
  const pages = hitPages(catalog);
  const connected = connectedTime(catalog, {
    ifHealthy: "Pages come back quickly: users see it for a moment.",
    ifUnhealthy: "Users are without their chat: mitigate before you look for the cause.",
  });
  return {
    impact:
      "Users lose the connection in the middle of the chat, mostly when they send; the page reconnects by itself, and may lose it again.",
    callAtOnce: [
      {
        whom: "incident lead",
        when: "the alert's value is above 30 %, or pages are connected for less than half of the time",
      },
    ],
    isReal: pages,
    oneOrMany: {
      sessions: hitSessions(catalog),
      threads: threadsInLog(15, closedFor([FAILED]), {
        ifHealthy:
          "One thread, or a few: something in them breaks the server. Take their messages to whoever wrote the consumer.",
        ifUnhealthy: "Many threads. Go on.",
      }),
    },
    who: [
      {
        by: "app, against its pages",
        query: divide(
          sumBy(["app"], increase(AFFECTED_SESSIONS, affected, "10m")),
          recorded(SESSIONS_ACTIVE_SUM),
        ),
        read: "The share of users. One app alone points at its own frames.",
      },
      {
        by: "app and release of the page, over time",
        query: sumBy(["app", "release"], rate(CLOSES, affected, "5m")),
        read: "Since when: look at its graph. A step points at a deploy. One release of the page alone: it sends what the server cannot take.",
      },
      {
        by: "pod and the server's reason",
        query: sumBy(["instance", "reason"], increase(SERVER_CLOSES, { code: INTERNAL_ERROR_CODE }, LATELY)),
        read: "One pod alone: its state, its release or its host; all at once: what they share (Redis, workers, the code). `heartbeat_timeout` is the network's doing, and does not count here.",
      },
    ],
    firstFiveMinutes: [
      connected,
      serversStarted(catalog, {
        ifHealthy: "No process of the chat server is new.",
        ifUnhealthy:
          "Something went out, or processes crash and start again: compare its time with the beginning of the closes.",
      }),
      busiestServer(catalog, {
        ifHealthy: "No process is short of CPU.",
        ifUnhealthy: "A process is at its limit: exceptions may be timeouts. Add pods, and go on.",
      }),
      serversScraped(catalog, {
        ifHealthy: "All pods are seen.",
        ifUnhealthy: "Pods are gone or hang: they may crash. Look at their restarts and their memory.",
      }),
    ],
    causes: [exceptions(catalog), recentDeploy(catalog), channelLayer(), workers()],
    mitigations: MITIGATIONS,
    doneWhen: [closesNow(catalog), connected],
    escalation: [
      { whom: "chat server's on-call", when: "no cause is confirmed after 15 minutes" },
      { whom: "platform's on-call", when: "Redis or the task queue does not answer" },
    ],
    tellUsers:
      "The chat loses its connection at times and reconnects by itself. What you wrote is kept and sent again; there is nothing that you need to do.",
  };
}
