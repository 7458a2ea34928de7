import { boundText, type Catalog, SERVER_FRAMES_SENT } from "@sockscope/catalog";
import { rangeInWords, rate, sumBy } from "@sockscope/promql";
import {
  ASSISTANT_MESSAGES,
  BURN_WINDOWS,
  type BurnWindow,
  errorBudget,
  recorded,
  UNANSWERED_RATIOS,
} from "@sockscope/slo";
import { closedFor, linesOf } from "../../runbook/questions/log.ts";
import { connectedTime } from "../../runbook/questions/of-browsers.ts";
import {
  answersArriving,
  answersSentPerMessage,
  lateAnswers,
  type Missing,
  namedAnswers,
  refusedFrames,
  unansweredMessages,
  unansweredShare,
} from "../../runbook/questions/of-messages.ts";
import { busiestServer, serversStarted } from "../../runbook/questions/of-servers.ts";
import { rollBack, storeQuestions } from "../../runbook/remedies/of-servers.ts";
import type { Cause, Mitigation, Runbook } from "../../runbook/runbook.ts";

/** Windows that page, the fastest first. */
const [FASTEST, ...SLOWER] = BURN_WINDOWS.filter(({ severity }) => severity === "page").toSorted(
  (one, other) => other.burnRate - one.burnRate,
) as [BurnWindow, ...BurnWindow[]];

function burning({ targets }: Catalog, { burnRate }: BurnWindow): Missing {
  return { range: FASTEST.long, most: burnRate * errorBudget(targets.message_delivery) };
}

/** Less of a step of a message's way is not told apart from what is on its way just now. */
function missing(catalog: Catalog): Missing {
  return burning(catalog, FASTEST);
}

function notSent(catalog: Catalog): Cause {
  const sent = answersSentPerMessage(missing(catalog), {
    ifHealthy: "Servers send what they are asked for: it is not this.",
    ifUnhealthy: "Some messages come in, and no answer goes out.",
  });
  return {
    id: "not-sent",
    title: "Servers do not answer all messages",
    signal:
      "Exceptions, a worker that drops tasks, a model that refuses: a part of all messages, all the time.",
    confirm: sent,
    evidence: [
      {
        id: "internal-errors",
        asks: "How many connections did the chat server close for an error of its own, within the last 60 minutes?",
        unit: "count",
        healthy: { most: 0 },
        command: `${linesOf(60, closedFor(["internal_error"]), ".correlation_id")} | wc -l`,
        ifHealthy: "It does not fail: what it waits for (model, worker) gives no answer.",
        ifUnhealthy: "It throws while it answers: take the most frequent exception from the error tracker.",
      },
      ...storeQuestions(),
    ],
    fix: [
      { does: "Mend the most frequent exception, or what the worker's failed tasks have in common." },
      { does: "Where it began with a release of the chat server, roll back:" },
      ...rollBack(),
    ],
    verify: sent,
    undo: [{ does: "Deploy the newer release again; it was not the cause." }],
  };
}

function slowAnswers(catalog: Catalog): Cause {
  const bound = boundText(catalog.targets.message_delivery.objective);
  const late = lateAnswers(catalog, missing(catalog), {
    ifHealthy: "What is answered, is answered in time: it is not this.",
    ifUnhealthy: `Answers come after more than ${bound}: the model, the queue or the worker is slow.`,
  });
  return {
    id: "slow-answers",
    title: "Answers come too late",
    signal: `Everything arrives, and a part of it after more than ${bound}.`,
    confirm: late,
    fix: [
      { does: "Look at the task queue: where it grows, start more workers." },
      { does: "Look at the model's own latency: where it is the provider's, take the other model." },
      { does: "Stream answers, where you do not: the first piece counts." },
    ],
    verify: late,
    undo: [
      { does: "Stop the workers that you started, once the queue is empty; take the first model again." },
    ],
  };
}

function cutConnections(catalog: Catalog): Cause {
  const connected = connectedTime(catalog, {
    ifHealthy: "Pages are connected: it is not this.",
    ifUnhealthy:
      "Pages write into connections that are dead, and wait for the next one. Go to WsReconnectStorm or WsConnectionUptimeLow where one fires.",
  });
  return {
    id: "cut-connections",
    title: "Connections are cut while users wait",
    signal: "Messages are sent again after a reconnect; each copy counts, and one of them is answered.",
    confirm: connected,
    fix: [
      { does: "Follow the runbook of WsReconnectStorm: load balancer, idle timeouts, Redis, the server." },
    ],
    verify: connected,
    undo: [{ does: "As that runbook says." }],
    explains: ["lost-on-the-way"],
  };
}

function lostOnTheWay(catalog: Catalog): Cause {
  const arriving = answersArriving(missing(catalog), {
    ifHealthy: "Pages receive what servers send: it is not this.",
    ifUnhealthy: "A part of what servers send does not reach pages.",
  });
  return {
    id: "lost-on-the-way",
    title: "Answers are lost between server and browser",
    signal: "Sent and not received; a reload brings them.",
    confirm: arriving,
    fix: [
      { does: "Undo what changed last between servers and browsers: proxy, CDN, firewall, compression." },
      { does: "Where one pod has all of it, take it out of the load balancer." },
    ],
    verify: arriving,
    undo: [{ does: "Put the change, or the pod, back in; it was not the cause." }],
  };
}

function noInReplyTo(catalog: Catalog): Cause {
  const named = namedAnswers(missing(catalog), {
    ifHealthy: "Answers say what they answer: it is not this.",
    ifUnhealthy:
      "Answers come, and some do not name their message: `meta.in_reply_to` is missing or wrong. Where users share a thread or have it in several tabs, the number misleads.",
  });
  return {
    id: "no-in-reply-to",
    title: "Answers do not say what they answer",
    signal:
      "Users see their answers, and the page counts them as missing; one kind of answer, or one release.",
    confirm: named,
    fix: [
      {
        does: "Find the kind of answer without `meta.in_reply_to` in a browser's network tab (WS, Messages), and set it where that is made.",
      },
      ...rollBack(),
    ],
    verify: named,
    undo: [{ does: "Deploy the newer release again; it was not the cause." }],
  };
}

const MITIGATIONS: readonly Mitigation[] = [
  {
    step: { does: "Put off other releases until the budget has recovered." },
    blastRadius: "None for users.",
    undo: { does: "Release again." },
  },
  {
    step: { does: "Take the model or the queue that is quicker and poorer, where there is one." },
    blastRadius: "Answers are worse.",
    undo: { does: "Take the first one again." },
  },
  {
    step: {
      does: "Restart the chat server, a pod after the other: for a state that is broken, not for code.",
      command: {
        kubernetes: 'kubectl rollout restart --namespace "$NAMESPACE" "deployment/$CHAT"',
        hosts: 'systemctl restart "$CHAT"   # one host after the other, each when the one before is back',
      },
    },
    blastRadius: "Every page reconnects once.",
    undo: { does: "None: wait until it is through." },
  },
];

/** The budget of missing answers burns. */
export function wsDeliveryErrorBudgetBurnRunbook(catalog: Catalog): Runbook {
  const { fewestUnanswered } = catalog.thresholds.WsDeliveryErrorBudgetBurn;
  const windows = BURN_WINDOWS.map(({ long }) => long);
  const paging = burning(catalog, SLOWER.at(-1) ?? FASTEST);
  const isReal = unansweredShare(catalog, paging, {
    ifHealthy:
      'It does not burn so fast that it would page. A ticket fires with less, over a longer time: look at its `long` under "Since when, and who" before you call it over.',
    ifUnhealthy:
      "Users wait in vain. It is real. (Where users expect no answer, the number misleads: leave the alert out there.)",
  });
  return {
    impact:
      "Some of what users write has no answer in time: few at a moment, and too many for what is promised.",
    callAtOnce: [
      {
        whom: "incident lead",
        when: "WsMessagesNotAppearing fires, too: follow its runbook, and not this one",
      },
    ],
    isReal,
    oneOrMany: {
      sessions: unansweredMessages(
        catalog,
        { ...paging, fewest: fewestUnanswered },
        {
          ifHealthy: "So few may be one user: nobody counts users here. Look at it in the morning.",
          ifUnhealthy: "More than one user. Go on.",
        },
      ),
    },
    who: [
      ...windows.map((range) => ({
        by: `app, over the last ${rangeInWords(range)}`,
        query: recorded(UNANSWERED_RATIOS[range]),
        read: `What the alert with \`long="${range}"\` reads. Larger than over a longer time: it is new.`,
      })),
      {
        by: "pod, answers sent a second",
        query: sumBy(["instance"], rate(SERVER_FRAMES_SENT, ASSISTANT_MESSAGES, "5m")),
        read: "One pod far below the others, with as many connections, hangs.",
      },
    ],
    firstFiveMinutes: [
      refusedFrames({
        ifHealthy: "Servers understand what pages send.",
        ifUnhealthy:
          "Servers refuse what pages send. After a deploy, one side speaks another version of the contract: roll back what went out last.",
      }),
      serversStarted(catalog, {
        ifHealthy: "No process of the chat server is new.",
        ifUnhealthy: "Something went out: compare its time with the beginning.",
      }),
      busiestServer(catalog, {
        ifHealthy: "No process is short of CPU.",
        ifUnhealthy: "A process is at its limit: messages wait for it. Add pods.",
      }),
    ],
    causes: [notSent, slowAnswers, cutConnections, lostOnTheWay, noInReplyTo].map((cause) => cause(catalog)),
    mitigations: MITIGATIONS,
    doneWhen: [isReal],
    escalation: [
      {
        whom: "chat server's on-call",
        when: "answers are not sent or late, and no cause is found after 30 minutes",
      },
      { whom: "platform's on-call", when: "answers are lost on the way" },
      { whom: "chat page's on-call", when: "one release of the page alone has it" },
    ],
    tellUsers: "Some answers in the chat are late or missing. Reload the page to see what has arrived.",
  };
}
