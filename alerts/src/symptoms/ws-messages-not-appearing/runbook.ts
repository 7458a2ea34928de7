import {
  type Catalog,
  DUPLICATES_DROPPED,
  FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
  STALE_FRAMES_DROPPED,
} from "@sockscope/catalog";
import { add, increase, rate, sumBy } from "@sockscope/promql";
import { ASSISTANT_MESSAGES, recorded, UNANSWERED_RATIOS } from "@sockscope/slo";
import { closedFor, linesOf } from "../../runbook/questions/log.ts";
import { connectedTime } from "../../runbook/questions/of-browsers.ts";
import {
  answersArriving,
  answersSentPerMessage,
  framesDropped,
  lateAnswers,
  namedAnswers,
  refusedFrames,
  unansweredMessages,
  unansweredShare,
} from "../../runbook/questions/of-messages.ts";
import { serversStarted } from "../../runbook/questions/of-servers.ts";
import { rollBack, storeQuestions } from "../../runbook/remedies/of-servers.ts";
import type { Cause, Mitigation, Runbook } from "../../runbook/runbook.ts";

const unanswered = UNANSWERED_RATIOS["5m"];

/** What may be missing before one of the steps of a message's way is to blame: as much as may have no answer. */
function missing({ thresholds }: Catalog): { readonly range: "5m"; readonly most: number } {
  return { range: "5m", most: thresholds.WsMessagesNotAppearing.unansweredShare };
}

function notSent(catalog: Catalog): Cause {
  const sent = answersSentPerMessage(missing(catalog), {
    ifHealthy: "Servers send what they are asked for: it is lost behind them. Go on with the next cause.",
    ifUnhealthy:
      "Messages come in and answers do not go out: the model, the worker (task queue), Redis, or the code between them.",
  });
  return {
    id: "not-sent",
    title: "Servers send no answers",
    signal:
      "`ws_frames_sent_total` for `assistant_message` falls while users go on writing. Nothing is wrong on the way or on the page.",
    confirm: sent,
    evidence: [
      {
        id: "internal-errors",
        asks: "How many connections did the chat server close for an error of its own, within the last 15 minutes?",
        unit: "count",
        healthy: { most: 0 },
        command: `${linesOf(15, closedFor(["internal_error"]), ".correlation_id")} | wc -l`,
        ifHealthy: "It does not fail: what it waits for (model, worker) gives no answer.",
        ifUnhealthy:
          "It throws while it answers: take the exceptions from the error tracker, and go to WsInternalErrorCloseSpike.",
      },
      ...storeQuestions(),
    ],
    fix: [
      {
        does: "Look at the queue of the worker that writes answers: where it grows, restart its workers, one at a time.",
      },
      { does: "Where the model's provider reports an outage, switch to the other model or say so to users." },
      ...rollBack(),
    ],
    verify: sent,
    undo: [{ does: "Deploy the newer release again; it was not the cause." }],
  };
}

function droppedAsDuplicates(catalog: Catalog): Cause {
  const dropped = framesDropped(catalog, "duplicate", {
    ifHealthy: "Hardly a copy, as after any reconnect: it is not this.",
    ifUnhealthy:
      "Pages throw messages away because they know them already. Where few messages are unanswered, they are true copies: the server sends each twice, and users miss nothing. Where many are, new messages have the key of old ones.",
  });
  return {
    id: "client-dedup",
    title: "The page drops them as duplicates",
    signal:
      "Pages receive messages and do not show them: their key (what they answer, with `queued_message_id`) was seen before.",
    confirm: dropped,
    fix: [
      {
        does: "Compare `meta.queued_message_id` of two answers in a browser's network tab (WS, Messages). Different texts with one id: the server gives an id twice. The same text twice: it sends twice.",
      },
      ...rollBack(),
    ],
    verify: dropped,
    undo: [{ does: "Deploy the newer release again; it was not the cause." }],
  };
}

function staleSocket(catalog: Catalog): Cause {
  const dropped = framesDropped(catalog, "stale", {
    ifHealthy: "What comes, comes from the current socket: it is not this.",
    ifUnhealthy:
      "Answers go to a socket that the page has left. It opens another while the first still lives, or the server still writes to the old one.",
  });
  return {
    id: "stale-socket",
    title: "They come from a stale socket",
    signal:
      "A page has two sockets, and only one may write to it (single writer). What comes from the other is dropped.",
    confirm: dropped,
    fix: [
      {
        does: "Where the page was released lately, roll it back: one client a page, made outside of what renders again.",
      },
      {
        does: "Where it was not, look whether the server takes a connection out of its thread's group when it ends.",
      },
    ],
    verify: dropped,
    undo: [{ does: "Release the page again; it was not the cause." }],
  };
}

function noInReplyTo(catalog: Catalog): Cause {
  const named = namedAnswers(missing(catalog), {
    ifHealthy: "Answers say what they answer: it is not this.",
    ifUnhealthy:
      "Answers come, and nothing connects them with their message: `meta.in_reply_to` is missing or wrong. Where users share a thread or have it in several tabs, the number misleads: all tabs get the answer, and one has asked. Compare it with yesterday's.",
  });
  return {
    id: "no-in-reply-to",
    title: "`in_reply_to` is missing",
    signal:
      "Answers are shown at the wrong place or not at all, and count as missing; as many arrive as are sent.",
    confirm: named,
    fix: [
      {
        does: "Look at an answer in a browser's network tab (WS, Messages): `meta.in_reply_to` has to be the `meta.message_id` of what was asked.",
      },
      ...rollBack(),
    ],
    verify: named,
    undo: [{ does: "Deploy the newer release again; it was not the cause." }],
  };
}

function lostOnTheWay(catalog: Catalog): Cause {
  const arriving = answersArriving(missing(catalog), {
    ifHealthy: "Pages receive what servers send: nothing is lost between them.",
    ifUnhealthy:
      "Servers hand answers to sockets, and pages do not get them: a proxy that buffers, connections that are dead and look open, a page that does not listen.",
  });
  return {
    id: "lost-on-the-way",
    title: "They are lost between server and browser",
    signal: "Sent and not received. Whoever connects again sees the answer: the rehydration brings it.",
    confirm: arriving,
    evidence: [
      {
        id: "not-sent-lines",
        asks: "How many connections does the log name that a frame could not be handed to, within the last 15 minutes?",
        unit: "count",
        healthy: { most: 0 },
        command: `${linesOf(15, '.event == "not_sent"', ".correlation_id // empty")} | sort -u | wc -l`,
        ifHealthy: "The server could write: it is lost behind it.",
        ifUnhealthy: "Peers do not read, or frames cannot be written: go to WsMessageSendErrors.",
      },
    ],
    fix: [
      {
        does: "Undo what changed last between servers and browsers: proxy, CDN, firewall, compression. Buffering of responses has to be off for the chat's route.",
      },
      {
        does: "Where one pod or one proxy has all of it (see the query by pod), take it out of the load balancer.",
      },
    ],
    verify: arriving,
    undo: [{ does: "Put the change, or the pod, back in; it was not the cause." }],
  };
}

const MITIGATIONS: readonly Mitigation[] = [
  {
    step: { does: "Ask users to reload: put it where they see it (a banner, the status page)." },
    blastRadius:
      "None. A reload brings answers that were lost on the way; it does not bring those that were never sent.",
    undo: { does: "Take the banner down." },
  },
  {
    step: {
      does: "Take the pod that has the trouble out of service; its pages reconnect to another, and get what they missed.",
      command: {
        kubernetes:
          'kubectl get pods --namespace "$NAMESPACE" --selector "$CHAT_PODS"   # then: kubectl delete pod, with the name of that one',
        hosts: 'systemctl restart "$CHAT"   # on the host that has the trouble, and on no other',
      },
    },
    blastRadius: "The pages of one pod reconnect, within seconds.",
    undo: { does: "None needed: another takes its place." },
  },
  {
    step: {
      does: "Restart all of the chat server, a pod after the other.",
      command: {
        kubernetes: 'kubectl rollout restart --namespace "$NAMESPACE" "deployment/$CHAT"',
        hosts: 'systemctl restart "$CHAT"   # one host after the other, each when the one before is back',
      },
    },
    blastRadius: "Every page reconnects once. Not while WsReconnectStorm fires.",
    undo: { does: "None: wait until it is through, then look at the unanswered share again." },
  },
];

/** Messages not appearing. */
export function wsMessagesNotAppearingRunbook(catalog: Catalog): Runbook {
  const { unansweredShare: share, fewestUserMessages } = catalog.thresholds.WsMessagesNotAppearing;
  const isReal = unansweredShare(catalog, missing(catalog), {
    ifHealthy:
      "Users get their answers. It is over; or copies are dropped as they should be (`evidence=dropped`); or pages stopped to report (`evidence=undelivered`: see WsClientTelemetryLost).",
    ifUnhealthy:
      "Users wait in vain. It is real. (Where users expect no answer, the number misleads: leave the alert out there.)",
  });
  const causes = [notSent, droppedAsDuplicates, staleSocket, noInReplyTo, lostOnTheWay].map((cause) =>
    cause(catalog),
  );
  return {
    impact: "Users write and wait, and see no answer; the page says that it is connected.",
    callAtOnce: [
      {
        whom: "incident lead",
        when: "more than half of what users write has no answer, or WsInternalErrorCloseSpike fires, too",
      },
    ],
    isReal,
    oneOrMany: {
      sessions: unansweredMessages(
        catalog,
        { ...missing(catalog), fewest: share * fewestUserMessages },
        {
          ifHealthy:
            "So few may be one user. Nobody counts users here, only messages: let the alert end, and look in the morning.",
          ifUnhealthy: "More than one user writes in so short a time. Go on.",
        },
      ),
    },
    who: [
      {
        by: "app",
        query: recorded(unanswered),
        read: "The share of what users wrote; look at its graph for since when. A step points at a deploy or an outage, a slow rise at something that fills up. One app alone points at its own page or its own model.",
      },
      {
        by: "pod, answers sent a second",
        query: sumBy(["instance"], rate(SERVER_FRAMES_SENT, ASSISTANT_MESSAGES, unanswered.range)),
        read: "One pod far below the others, with as many connections, hangs: take it out of service.",
      },
      {
        by: "app and release of the page, frames dropped",
        query: add(
          sumBy(["app", "release"], increase(DUPLICATES_DROPPED, {}, "10m")),
          sumBy(["app", "release"], increase(STALE_FRAMES_DROPPED, {}, "10m")),
        ),
        read: "One release alone: roll the page back. Without a release, none is announced to the collector.",
      },
      {
        by: "app and release of the page, answers received a second",
        query: sumBy(["app", "release"], rate(FRAMES_RECEIVED, ASSISTANT_MESSAGES, unanswered.range)),
        read: "Which pages still get answers. It counts pages with the SDK only.",
      },
    ],
    firstFiveMinutes: [
      connectedTime(catalog, {
        ifHealthy: "Pages are connected: it is the messages.",
        ifUnhealthy:
          "Pages are not connected: that is why. Go to the alert that says so (WsReconnectStorm, WsAuthCloseSpike, WsInternalErrorCloseSpike).",
      }),
      lateAnswers(catalog, missing(catalog), {
        ifHealthy: "What is answered, is answered in time.",
        ifUnhealthy:
          "Answers come, and too late: what stands behind the chat server (model, worker) is slow. No cause below has to be confirmed; call whoever runs it.",
      }),
      refusedFrames({
        ifHealthy: "Servers understand what pages send.",
        ifUnhealthy:
          "Servers refuse what pages send. After a deploy, one side speaks another version of the contract: roll back what went out last.",
      }),
      serversStarted(catalog, {
        ifHealthy: "No process of the chat server is new.",
        ifUnhealthy: "Something went out: compare its time with the beginning.",
      }),
    ],
    causes,
    mitigations: MITIGATIONS,
    doneWhen: [
      isReal,
      ...causes
        .filter(({ id }) => id === "client-dedup" || id === "stale-socket")
        .map(({ verify }) => verify),
    ],
    escalation: [
      { whom: "chat server's on-call", when: "answers are not sent, and no cause is found after 15 minutes" },
      { whom: "chat page's on-call", when: "pages drop answers or cannot tell what they answer" },
      { whom: "platform's on-call", when: "answers are lost between server and browser" },
    ],
    tellUsers:
      "Answers in the chat are missing or late. What you wrote is kept; reload the page to see what has arrived.",
  };
}
