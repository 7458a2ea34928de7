import {
  type Catalog,
  SERVER_CLOSES,
  SERVER_SEND_BUFFER,
  SERVER_SEND_ERRORS,
  type SendError,
} from "@sockscope/catalog";
import { gauge, increase, rate, sumBy } from "@sockscope/promql";
import { SEND_ERROR_SHARE, SEND_FAULTS } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import { linesOf, threadsInLog } from "../../runbook/questions/log.ts";
import { noMoreThan } from "../../runbook/questions/no-more-than.ts";
import { connectedTime } from "../../runbook/questions/of-browsers.ts";
import { ofNewProcesses } from "../../runbook/questions/of-new-processes.ts";
import { busiestServer, serversStarted } from "../../runbook/questions/of-servers.ts";
import { shareOf, TOO_FEW } from "../../runbook/questions/share-of.ts";
import { rollBack } from "../../runbook/remedies/of-servers.ts";
import type { Cause, Mitigation, Runbook } from "../../runbook/runbook.ts";

function notSentShare({ thresholds }: Catalog): Question {
  return {
    id: "not-sent-share",
    asks: "Which share of the frames could servers not send, within the last 5 minutes?",
    unit: "share",
    healthy: { most: thresholds.WsMessageSendErrors.share },
    query: SEND_ERROR_SHARE,
    withoutSeries: {
      verdict: "unknown",
      means: "Prometheus has no chat server: go to WsServerMetricsMissing.",
    },
    ifHealthy: "Servers can send again. It is over; watch it for 15 minutes.",
    ifUnhealthy:
      "Users miss what could not be sent until they reconnect. It is real: `closed`, the race with a user who leaves, is not in it.",
  };
}

function errorsOf(
  reason: SendError,
  told: Pick<Question, "ifUnhealthy"> & { readonly what: string },
): Question {
  return {
    id: `${reason}-share`,
    asks: `Which share of these errors is ${told.what} (\`${reason}\`), within the last 15 minutes?`,
    unit: "share",
    // Of three reasons, one has a third at least.
    healthy: { most: 0.3 },
    query: shareOf(
      sumBy(["job"], increase(SERVER_SEND_ERRORS, { reason }, "15m")),
      sumBy(["job"], increase(SERVER_SEND_ERRORS, SEND_FAULTS, "15m")),
    ),
    withoutSeries: { verdict: "healthy", means: `Servers can send everything. ${TOO_FEW}` },
    ifHealthy: "It is not this, or the least of it.",
    ifUnhealthy: told.ifUnhealthy,
  };
}

function peersDoNotRead(catalog: Catalog): Cause {
  return {
    id: "backpressure",
    title: "Peers do not read",
    signal:
      "Bytes wait in send buffers until one is full, and the connection is closed as a slow consumer (1013). Phones in tunnels do this at any time; many at once do not.",
    confirm: errorsOf("backpressure", {
      what: "for a full send buffer",
      ifUnhealthy:
        "Pages, or what stands before them, do not take what is sent. All pods at once: a proxy or the network. One pod: its busiest room. One release of the page: its main thread is blocked.",
    }),
    fix: [
      {
        does: "Where all pods have it, undo what changed last between servers and browsers: proxy, load balancer, bandwidth.",
      },
      {
        does: "Where more is sent than before (see the frames by event), turn off what sends most and is needed least: typing marks, pieces of answers.",
      },
    ],
    verify: notSentShare(catalog),
    undo: [{ does: "Turn on again what was turned off; put the change back where it was not the cause." }],
  };
}

function newRelease(catalog: Catalog): Cause {
  const { fewestErrors } = catalog.thresholds.WsMessageSendErrors;
  return {
    id: "new-release",
    title: "A new release of the server",
    signal: "The errors begin with the first process of a release, and come from new processes.",
    confirm: ofNewProcesses(
      catalog,
      sumBy(["job", "instance"], increase(SERVER_SEND_ERRORS, SEND_FAULTS, "15m")),
      {
        id: "errors-of-new-processes",
        asks: "How many frames could processes that began within the last 30 minutes not send, within the last 15 minutes?",
        healthy: noMoreThan(fewestErrors),
        ifHealthy: "No process is new, or the new ones can send: it is not this.",
        ifUnhealthy: "New processes cannot send: roll back first, and look for the reason then.",
      },
    ),
    fix: rollBack(),
    verify: notSentShare(catalog),
    undo: [{ does: "Deploy the release again once it is mended." }],
    explains: ["serialization", "other"],
  };
}

function notSerialisable(catalog: Catalog): Cause {
  return {
    id: "serialization",
    title: "Frames that cannot be written",
    signal:
      "The server makes a frame that is no JSON: a cycle, a number that is too large, a field of a type that nobody knows.",
    confirm: errorsOf("serialization", {
      what: "for a frame that cannot be written as JSON",
      ifUnhealthy:
        "It is the server's code, or its data: the exception names the field. The frame is lost, for every recipient.",
    }),
    fix: [
      {
        does: "Take the thread of a line, and find the exception of its connection in the error tracker.",
        command: linesOf(
          15,
          '.event == "not_sent" and .reason == "serialization"',
          "[.correlation_id, .thread_id] | @tsv",
        ),
      },
      ...rollBack(),
    ],
    verify: notSentShare(catalog),
    undo: [{ does: "Deploy the newer release again; it was not the cause." }],
  };
}

function otherErrors(catalog: Catalog): Cause {
  return {
    id: "other",
    title: "The socket fails",
    signal: "Sending throws, and the log says what: the `error` line of the same connection.",
    confirm: errorsOf("other", {
      what: "for an error of the socket",
      ifUnhealthy:
        "Read the `error` lines: the system, the library, or a socket that was ended past the server.",
    }),
    evidence: [
      {
        id: "socket-errors",
        asks: "How many kinds of errors of sockets does the log have, within the last 15 minutes?",
        unit: "count",
        healthy: { most: 2 },
        command: `${linesOf(15, '.event == "error"', ".message // empty")} | sort -u | wc -l`,
        ifHealthy: "The usual one or two, as when a peer vanishes.",
        ifUnhealthy: "Something new is among them: read them, by the same command without its end.",
      },
    ],
    fix: [
      {
        does: "Read which errors there are, the most frequent last.",
        command: `${linesOf(15, '.event == "error"', ".message // empty")} | sort | uniq -c | sort -n`,
      },
      ...rollBack(),
    ],
    verify: notSentShare(catalog),
    undo: [{ does: "Deploy the newer release again; it was not the cause." }],
  };
}

const MITIGATIONS: readonly Mitigation[] = [
  {
    step: { does: "Ask users to reload where something is missing: a rehydration brings it." },
    blastRadius: "None; it does not help while servers cannot send at all.",
    undo: { does: "Take the banner down." },
  },
  {
    step: { does: "Turn off what sends most and is needed least: typing marks, streaming in pieces." },
    blastRadius: "Answers appear in one piece.",
    undo: { does: "Turn it on again." },
  },
  {
    step: {
      does: "Take a single pod that has all of the errors out of service.",
      command: {
        kubernetes:
          'kubectl get pods --namespace "$NAMESPACE" --selector "$CHAT_PODS"   # then: kubectl delete pod, with the name of that one',
        hosts: 'systemctl restart "$CHAT"   # on the host that has them, and on no other',
      },
    },
    blastRadius: "The pages of that pod reconnect, and get what they missed.",
    undo: { does: "None needed: another takes its place." },
  },
];

/** Messages that servers cannot hand over. */
export function wsMessageSendErrorsRunbook(catalog: Catalog): Runbook {
  const { fewestErrors } = catalog.thresholds.WsMessageSendErrors;
  const isReal = notSentShare(catalog);
  return {
    impact:
      "Users miss parts of the chat until the page connects again, and some lose their connection with it.",
    callAtOnce: [{ whom: "incident lead", when: "WsMessagesNotAppearing or WsMassDisconnect fires, too" }],
    isReal,
    oneOrMany: {
      sessions: {
        id: "errors",
        asks: "How many frames could servers not send, within the last 15 minutes?",
        unit: "count",
        healthy: noMoreThan(fewestErrors),
        query: sumBy(["job"], increase(SERVER_SEND_ERRORS, SEND_FAULTS, "15m")),
        withoutSeries: {
          verdict: "unknown",
          means: "Prometheus has no chat server: go to WsServerMetricsMissing.",
        },
        ifHealthy: "Few frames, which may be those of one connection.",
        ifUnhealthy: "Many frames; they may be of one connection still, which the log's threads tell. Go on.",
      },
      threads: threadsInLog(15, '.event == "not_sent"', {
        ifHealthy:
          "One thread, or a few: a user on a bad network, or one thread that cannot be written. Let the alert end, and look in the morning.",
        ifUnhealthy: "Many threads. Go on.",
      }),
    },
    who: [
      {
        by: "app and reason, over time",
        query: sumBy(["app", "reason"], rate(SERVER_SEND_ERRORS, SEND_FAULTS, "5m")),
        read: "Since when: look at its graph. `backpressure`: the first cause; `serialization`: the third; `other`: the fourth.",
      },
      {
        by: "pod",
        query: sumBy(["instance"], increase(SERVER_SEND_ERRORS, SEND_FAULTS, "15m")),
        read: "One pod alone: its release, its host, or a busy room on it.",
      },
      {
        by: "pod, bytes that wait to be sent",
        query: sumBy(["instance"], gauge(SERVER_SEND_BUFFER, {})),
        read: "A rise that does not end is peers that do not read. One peer may hold all of it.",
      },
      {
        by: "app, slow consumers that were closed",
        query: sumBy(["app"], increase(SERVER_CLOSES, { reason: "slow_consumer" }, "15m")),
        read: "How many users lost their connection with it.",
      },
    ],
    firstFiveMinutes: [
      connectedTime(catalog, {
        ifHealthy: "Pages are connected: it is single frames.",
        ifUnhealthy:
          "Pages lose their connections, too: where slow consumers are closed, that is why; else go to WsReconnectStorm.",
      }),
      serversStarted(catalog, {
        ifHealthy: "No process of the chat server is new.",
        ifUnhealthy: "Something went out: compare its time with the beginning.",
      }),
      busiestServer(catalog, {
        ifHealthy: "No process is short of CPU.",
        ifUnhealthy: "A process is at its limit, and writes too slowly for its own buffers: add pods.",
      }),
    ],
    causes: [peersDoNotRead(catalog), newRelease(catalog), notSerialisable(catalog), otherErrors(catalog)],
    mitigations: MITIGATIONS,
    doneWhen: [isReal],
    escalation: [
      { whom: "chat server's on-call", when: "frames cannot be written, or sockets fail" },
      { whom: "platform's on-call", when: "peers do not read, on all pods" },
    ],
    tellUsers: "Parts of your chat may be missing. Reload the page to see all of it.",
  };
}
