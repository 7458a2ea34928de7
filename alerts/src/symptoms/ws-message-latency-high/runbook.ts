import {
  boundText,
  type Catalog,
  CLOSES,
  LATENCY_EXCLUDED,
  MESSAGE_LATENCY,
  RTT,
  SERVER_MESSAGE_DELIVERY,
} from "@sockscope/catalog";
import {
  add,
  and,
  clampMin,
  compare,
  countOf,
  type Expression,
  increase,
  multiply,
  or,
  rangeInWords,
  rate,
  subtract,
  sumBy,
} from "@sockscope/promql";
import { ALERT_WINDOWS, errorBudget, messagesInTime, messagesTimed, shareAtBound } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import { NO_PAGE } from "../../runbook/questions/of-browsers.ts";
import { busiestServer, serversStarted } from "../../runbook/questions/of-servers.ts";
import { FEWEST_FOR_A_SHARE, shareOf, TOO_FEW } from "../../runbook/questions/share-of.ts";
import { storeQuestions } from "../../runbook/remedies/of-servers.ts";
import type { Cause, Mitigation, Runbook } from "../../runbook/runbook.ts";

const { messages: RANGE } = ALERT_WINDOWS.WsMessageLatencyHigh;
const LATELY = `within the last ${rangeInWords(RANGE)}`;

function enough(share: Expression<"app">, of: Expression<"app">): Expression<"app"> {
  return and(share, compare(of, ">=", FEWEST_FOR_A_SHARE));
}

function bound({ targets }: Catalog): number {
  return targets.message_latency.objective.bound;
}

/** As pages see it: the whole way. */
function lateShare(catalog: Catalog): Expression<"app"> {
  return subtract(1, messagesInTime(catalog, RANGE));
}

/** Of it, the server's part. */
function lateAtServer(catalog: Catalog): Expression<"app"> {
  return subtract(1, shareAtBound(["app"], SERVER_MESSAGE_DELIVERY, bound(catalog), {}, RANGE));
}

/** Of it, the network's part: a ping there and back. */
function lateRoundTrips(catalog: Catalog): Expression<"app"> {
  return subtract(1, shareAtBound(["app"], RTT, bound(catalog), {}, RANGE));
}

/** Messages that came, whether their latency is believed or not. */
function arrived(): Expression<"app"> {
  const excluded = sumBy(["app"], increase(LATENCY_EXCLUDED, {}, RANGE));
  return or(add(messagesTimed(RANGE), excluded), messagesTimed(RANGE));
}

function late(catalog: Catalog): Question {
  const { objective } = catalog.targets.message_latency;
  return {
    id: "late",
    asks: `Which share of the messages took longer than ${boundText(objective)} to the page, ${LATELY}?`,
    unit: "share",
    healthy: { most: errorBudget(catalog.targets.message_latency) },
    query: enough(lateShare(catalog), messagesTimed(RANGE)),
    withoutSeries: {
      verdict: "unknown",
      means: `No message came whose latency is known. ${TOO_FEW}`,
    },
    ifHealthy: "Messages are in time: it is over, or was a moment. (A ticket looks at the last hour.)",
    ifUnhealthy:
      "Messages are late, of those whose latency can be known. It is real. It is the way to the page, and not the time until an answer.",
  };
}

function serverBusy(catalog: Catalog): Cause {
  const busiest = busiestServer(catalog, {
    ifHealthy: "No process is short of CPU: it is not this.",
    ifUnhealthy: "A process is at its limit: its frames wait for each other.",
  });
  return {
    id: "server-busy",
    title: "A process of the chat server is at its limit",
    signal: "One core is full. Messages, pings and hellos all wait, on that pod or on all.",
    confirm: busiest,
    fix: [
      {
        does: "Add pods or hosts, half as many again; pages come to them as they reconnect. Where an HPA holds the number of pods, raise its `minReplicas`: it takes a scale back.",
        command: {
          kubernetes: 'kubectl get deployment,hpa --namespace "$NAMESPACE"   # write both down',
          hosts: 'systemctl status "$CHAT"   # then start it on another host behind the load balancer',
        },
      },
      { does: "Where it began with a release, roll back." },
    ],
    verify: busiest,
    undo: [{ does: "Take the added ones away again, in a quiet hour." }],
    explains: ["server-slow", "slow-network", "held-up"],
  };
}

function serverSlow(catalog: Catalog): Cause {
  const { objective } = catalog.targets.message_latency;
  const written: Question = {
    id: "late-at-server",
    asks: `Which share of the messages took the server longer than ${boundText(objective)} to write, ${LATELY}?`,
    unit: "share",
    healthy: { most: errorBudget(catalog.targets.message_latency) },
    query: enough(
      lateAtServer(catalog),
      sumBy(["app"], increase(countOf(SERVER_MESSAGE_DELIVERY), {}, RANGE)),
    ),
    withoutSeries: {
      verdict: "unknown",
      means: `No message was written, or the server does not say when it had accepted it (\`acceptedAtMs\`). ${TOO_FEW}`,
    },
    ifHealthy: "The server writes in time: it is behind it.",
    ifUnhealthy:
      "The server itself is late: what carries messages between its processes (Redis), or peers that do not read. Between machines it is a difference of their clocks as well.",
  };
  return {
    id: "server-slow",
    title: "The server writes late",
    signal: "Time until a message is written rises with the latency, on one pod or on all.",
    confirm: written,
    evidence: storeQuestions(),
    fix: [
      {
        does: "Where Redis is slow, look for commands that take long, and for whoever sends them.",
        command: `redis-cli -u "$REDIS_URL" slowlog get 10`,
      },
      {
        does: "Where one pod alone is late, take it out of service: its pages reconnect to another.",
      },
    ],
    verify: written,
    undo: [{ does: "Put the pod back in." }],
    explains: ["held-up"],
  };
}

function slowNetwork(catalog: Catalog): Cause {
  const { objective } = catalog.targets.message_latency;
  const trips: Question = {
    id: "late-round-trips",
    asks: `Which share of the pings took longer than ${boundText(objective)} there and back, ${LATELY}?`,
    unit: "share",
    healthy: { most: 2 * errorBudget(catalog.targets.message_latency) },
    query: enough(lateRoundTrips(catalog), sumBy(["app"], increase(countOf(RTT), {}, RANGE))),
    withoutSeries: { verdict: "unknown", means: `No page pings. ${TOO_FEW}` },
    ifHealthy: "The way is as fast as ever: it is not this.",
    ifUnhealthy:
      "Everything is late, not messages alone: networks, a proxy, or a region. (A few phones in trains are always late.)",
  };
  return {
    id: "slow-network",
    title: "The way to the pages is slow",
    signal: "Round trips of pings rise with the latency, and the server writes in time.",
    confirm: trips,
    fix: [
      { does: "Ask the platform's on-call what changed on the way: CDN, load balancer, region, peering." },
      { does: "Undo that change, or send pages another way round." },
    ],
    verify: trips,
    undo: [{ does: "Send them the old way again." }],
    explains: ["held-up"],
  };
}

function heldUp(catalog: Catalog): Cause {
  const all = lateShare(catalog);
  const zero = multiply(0, all);
  const known = (part: Expression<"app">): Expression<"app"> => or(compare(part, ">=", 0), zero);
  const beyond: Question = {
    id: "held-up",
    asks: `Which share of the messages was late beyond what the server's writing and the pings' way explain, ${LATELY}?`,
    unit: "share",
    healthy: { most: errorBudget(catalog.targets.message_latency) },
    query: enough(
      clampMin(subtract(subtract(all, known(lateAtServer(catalog))), known(lateRoundTrips(catalog))), 0),
      messagesTimed(RANGE),
    ),
    withoutSeries: {
      verdict: "healthy",
      means: `No message came whose latency is known. ${TOO_FEW}`,
    },
    ifHealthy: "The server, or the way, explains it.",
    ifUnhealthy:
      "Messages alone are late: written in time, and pings are quick. Something holds them: a proxy that buffers or compresses, a send buffer that is full, a page that is too busy to take them.",
  };
  return {
    id: "held-up",
    title: "Messages are held up between server and page",
    signal: "The server writes in time, pings are quick, and messages come late.",
    confirm: beyond,
    fix: [
      {
        does: "Undo what changed last in front of the chat server: buffering and compression have to be off for its route.",
      },
      {
        does: "Where one release of the page alone is late, look what blocks its main thread; roll it back.",
      },
    ],
    verify: beyond,
    undo: [{ does: "Put the change back; it was not the cause." }],
  };
}

function negativeLatencies(): Expression<"app"> {
  return sumBy(["app"], increase(LATENCY_EXCLUDED, { reason: "negative" }, RANGE));
}

function clocksDiffer(): Question {
  return {
    id: "negative-latencies",
    asks: `Which share of the messages came before they were sent, by the clocks, ${LATELY}?`,
    unit: "share",
    healthy: { most: 0.01 },
    query: shareOf(negativeLatencies(), arrived()),
    withoutSeries: { verdict: "healthy", means: `No message came that says when it was sent. ${TOO_FEW}` },
    ifHealthy: "Clocks agree.",
    ifUnhealthy:
      "The clocks of servers differ. A few per cent explain no more than a few per cent of late ones: the last cause says whether it is enough.",
  };
}

function clocks(catalog: Catalog): Cause {
  const tooLate = multiply(lateShare(catalog), messagesTimed(RANGE));
  const negative: Question = {
    id: "early-for-late",
    asks: `How many messages came before they were sent, by the clocks, for each that was late, ${LATELY}?`,
    unit: "share",
    // A clock that is wrong makes as many early as it makes late.
    healthy: { most: 0.5 },
    query: shareOf(negativeLatencies(), tooLate),
    withoutSeries: {
      verdict: "healthy",
      means: `No message was late, so there is none to explain. ${TOO_FEW}`,
    },
    ifHealthy: "None, or far too few to explain what is late: it is not this.",
    ifUnhealthy:
      "The clocks of servers differ: a message that another machine had stamped seems late, or early. Nothing may be late at all.",
  };
  return {
    id: "clocks",
    title: "The clocks of servers differ",
    signal: "Some messages come before they were sent, others as much too late; pings are quick.",
    confirm: negative,
    fix: [
      {
        does: "Correct the clock that is wrong: more than 50 ms between two servers are too many.",
        command: {
          kubernetes: "kubectl get nodes -o name   # then, on each node: chronyc tracking",
          hosts: "chronyc tracking",
        },
      },
    ],
    verify: negative,
    undo: [{ does: "None: a clock that is right stays right." }],
    explains: ["held-up", "server-slow"],
  };
}

function believed(): Question {
  return {
    id: "believed",
    asks: `Of which share of the messages is the latency known, ${LATELY}?`,
    unit: "share",
    healthy: { least: 0.5 },
    query: shareOf(messagesTimed(RANGE), arrived()),
    withoutSeries: NO_PAGE,
    ifHealthy: "The latency speaks for most messages.",
    ifUnhealthy:
      "It speaks for the smaller part: those on good networks, on pages that are looked at. The others may be worse.",
  };
}

const MITIGATIONS: readonly Mitigation[] = [
  {
    step: { does: "Tell users that answers are slow: they write twice where they think that nothing works." },
    blastRadius: "None.",
    undo: { does: "Take the banner down." },
  },
  {
    step: { does: "Turn off what sends most and is needed least: typing marks, streaming in pieces." },
    blastRadius: "Answers appear in one piece.",
    undo: { does: "Turn it on again." },
  },
  {
    step: {
      does: "Restart the chat server, a pod after the other, where its processes do not recover by themselves.",
      command: {
        kubernetes: 'kubectl rollout restart --namespace "$NAMESPACE" "deployment/$CHAT"',
        hosts: 'systemctl restart "$CHAT"   # one host after the other, each when the one before is back',
      },
    },
    blastRadius: "Every page reconnects once, which is load for servers that are slow already.",
    undo: { does: "None: wait until it is through." },
  },
];

/** Messages arrive late. */
export function wsMessageLatencyHighRunbook(catalog: Catalog): Runbook {
  const { lateSharePage, fewestMessagesPage } = catalog.thresholds.WsMessageLatencyHigh;
  const { objective } = catalog.targets.message_latency;
  const isReal = late(catalog);
  return {
    impact: "Answers stutter and come late; nothing is lost.",
    callAtOnce: [{ whom: "incident lead", when: "WsMessagesNotAppearing fires, too: late has become never" }],
    isReal,
    oneOrMany: {
      sessions: {
        id: "late-messages",
        asks: `How many messages took longer than ${boundText(objective)}, ${LATELY}?`,
        unit: "count",
        healthy: { most: lateSharePage * fewestMessagesPage },
        query: multiply(lateShare(catalog), messagesTimed(RANGE)),
        withoutSeries: NO_PAGE,
        ifHealthy:
          "So few may be one user on a slow network: nobody counts users here. Let the alert end, and look in the morning.",
        ifUnhealthy: "More than one user. Go on.",
      },
    },
    who: [
      {
        by: "app and release of the page, messages whose latency is known",
        query: sumBy(["app", "release"], rate(countOf(MESSAGE_LATENCY), {}, RANGE)),
        read: "How many the numbers speak for. Since when: look at the panel's graph.",
      },
      {
        by: "pod, the share that was written late",
        query: subtract(1, shareAtBound(["instance"], SERVER_MESSAGE_DELIVERY, bound(catalog), {}, RANGE)),
        read: "One pod alone: its host, or who is connected to it. All: what they share.",
      },
      {
        by: "app and close code",
        query: sumBy(["app", "code"], rate(CLOSES, {}, RANGE)),
        read: "Whether connections are cut as well. Then it is the network or the server, and not messages alone.",
      },
    ],
    firstFiveMinutes: [
      believed(),
      serversStarted(catalog, {
        ifHealthy: "No process of the chat server is new.",
        ifUnhealthy: "Something went out: compare its time with the beginning.",
      }),
      serverSlow(catalog).confirm,
      slowNetwork(catalog).confirm,
      clocksDiffer(),
    ],
    causes: [
      serverBusy(catalog),
      serverSlow(catalog),
      slowNetwork(catalog),
      heldUp(catalog),
      clocks(catalog),
    ],
    mitigations: MITIGATIONS,
    doneWhen: [isReal],
    escalation: [
      {
        whom: "chat server's on-call",
        when: "the server writes late, and no cause is found after 30 minutes",
      },
      {
        whom: "platform's on-call",
        when: "the way is slow, or something in front of the server holds messages",
      },
    ],
    tellUsers:
      "Answers in the chat come later than usual. Nothing is lost; you need not send anything again.",
  };
}
