import { type Catalog, CONNECT_ATTEMPTS, type Period, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import {
  compare,
  countBy,
  divide,
  type Expression,
  gauge,
  groupBy,
  increase,
  multiply,
  or,
  rangeInWords,
  subtract,
  sumBy,
  up,
} from "@sockscope/promql";
import type { Question } from "../../runbook/question.ts";
import { collectorsScraped, slowestScrape } from "../../runbook/questions/of-collectors.ts";
import { serversScraped, serversStarted } from "../../runbook/questions/of-servers.ts";
import { rollBack } from "../../runbook/remedies/of-servers.ts";
import type { Runbook } from "../../runbook/runbook.ts";

/** In which browsers prove that a server is there, as the alert has it. */
const RECENT: Period = "10m";

const NO_TARGET = {
  verdict: "unhealthy",
  means:
    "Prometheus has no target of the chat servers' job: servers, or the job's name, are not what they were.",
} as const;

/** Nobody who is scraped: whether they would tell is not known. */
const NONE_SCRAPED = { verdict: "unknown", means: "Prometheus scrapes no chat server." } as const;

type Servers = ReturnType<typeof up>;

/** How many of a job's targets tell their connections; 0 where none does. */
function telling(job: string, servers: Servers): Expression<"job"> {
  const told = groupBy(["job", "instance"], gauge(SERVER_CONNECTIONS_ACTIVE, { job }));
  return or(countBy(["job"], told), multiply(0, countBy(["job"], servers)));
}

function serversTelling(catalog: Catalog, servers: Servers): Question {
  return {
    id: "servers-telling",
    asks: "Which share of the chat servers tells Prometheus of its connections now?",
    unit: "share",
    healthy: { least: 1 - catalog.thresholds.WsServerMetricsMissing.blindShare },
    query: divide(telling(catalog.jobs.servers, servers), countBy(["job"], servers)),
    withoutSeries: NO_TARGET,
    ifHealthy: "Most tell again. Watch it for 15 minutes.",
    ifUnhealthy:
      "What servers count is too small by as much, and alerts that read it may be silent. It is real.",
  };
}

function serversUnseen(catalog: Catalog, servers: Servers): Question {
  return {
    id: "servers-unseen",
    asks: "How many chat servers that Prometheus knows do not tell of their connections now?",
    unit: "count",
    healthy: { most: 1 },
    query: subtract(countBy(["job"], servers), telling(catalog.jobs.servers, servers)),
    withoutSeries: NO_TARGET,
    ifHealthy: "One host or pod: look at it alone.",
    ifUnhealthy: "Several at once: something that they share. Go on.",
  };
}

function browsersConnect(): Question {
  return {
    id: "browsers-connect",
    asks: `How many connections did browsers open, within the last ${rangeInWords(RECENT)}?`,
    unit: "count",
    healthy: { least: 1 },
    query: sumBy([], increase(CONNECT_ATTEMPTS, { outcome: "opened" }, RECENT)),
    withoutSeries: {
      verdict: "unknown",
      means: 'Prometheus has no collector either: take the cause "Prometheus reaches nobody".',
    },
    ifHealthy: "Users are served; only what servers tell is missing.",
    ifUnhealthy: "Nobody gets a connection: the chat is down as well. Go to WsConnectErrorBudgetBurn first.",
  };
}

function serversKnown(servers: Servers): Question {
  return {
    id: "servers-known",
    asks: "How many chat servers is Prometheus told to scrape now?",
    unit: "count",
    healthy: { least: 1 },
    query: countBy(["job"], servers),
    withoutSeries: NO_TARGET,
    ifHealthy: "It knows where to ask: it is not this.",
    ifUnhealthy: "It knows of no chat server.",
  };
}

function scrapedTelling(catalog: Catalog, servers: Servers): Question {
  return {
    id: "scraped-telling",
    asks: "Which share of the chat servers that answer Prometheus tells of its connections?",
    unit: "share",
    healthy: { least: 1 - catalog.thresholds.WsServerMetricsMissing.blindShare },
    query: divide(telling(catalog.jobs.servers, servers), countBy(["job"], compare(servers, "==", 1))),
    withoutSeries: NONE_SCRAPED,
    ifHealthy: "Whoever answers tells: it is not this.",
    ifUnhealthy: "They answer, and have no metrics of connections: they do not instrument their sockets.",
  };
}

/** Chat servers serve users, and Prometheus does not see them. */
export function wsServerMetricsMissingRunbook(catalog: Catalog): Runbook {
  const { servers: job } = catalog.jobs;
  const servers = up({ job });
  const told = serversTelling(catalog, servers);
  const known = serversKnown(servers);
  const instrumented = scrapedTelling(catalog, servers);
  const scraped = serversScraped(catalog, {
    ifHealthy: "Most answer Prometheus: it is not this.",
    ifUnhealthy: "Prometheus knows them, and they do not answer it.",
  });
  const collectors = collectorsScraped(catalog, {
    ifHealthy: "Prometheus sees the collectors: it is only the chat servers.",
    ifUnhealthy: 'Prometheus sees collectors as little: take the cause "Prometheus reaches nobody".',
  });
  const slow = slowestScrape(job, {
    ifHealthy: "Scrapes are quick: it is not this.",
    ifUnhealthy: "Scrapes take so long that Prometheus gives them up.",
  });
  return {
    impact:
      "Users feel nothing of it. Alerts that read servers (internal errors, forbidden handshakes, send errors, mass disconnects) may be silent.",
    callAtOnce: [],
    isReal: told,
    oneOrMany: { sessions: serversUnseen(catalog, servers) },
    who: [
      {
        by: "server, over time",
        query: servers,
        read: "Since when: look at its graph. 0 is down, a line that ends is a server that Prometheus no longer knows; a rollout is a short dent.",
      },
      {
        by: "job",
        query: countBy(["job"], groupBy(["job", "instance"], gauge(SERVER_CONNECTIONS_ACTIVE, {}))),
        read: `Who tells of connections, under whatever job. Another name than ${job} is a renamed job.`,
      },
      {
        by: "app, of connections that browsers opened",
        query: sumBy(["app"], increase(CONNECT_ATTEMPTS, { outcome: "opened" }, RECENT)),
        read: "Whose users are served by servers that nobody sees.",
      },
    ],
    firstFiveMinutes: [
      browsersConnect(),
      collectors,
      serversStarted(catalog, {
        ifHealthy: "No process of the chat server is new.",
        ifUnhealthy: "Something went out: compare its time with the beginning.",
      }),
    ],
    causes: [
      {
        id: "not-discovered",
        title: "Prometheus no longer knows the chat servers",
        signal:
          "There is no target of the job: another name, another label, a changed ServiceMonitor or file.",
        confirm: known,
        fix: [
          {
            does: `Let Prometheus scrape the chat servers under the job ${job} again, or generate everything with the job's new name.`,
          },
        ],
        verify: known,
        undo: [{ does: "Set the scrape configuration back to what it was." }],
        explains: ["no-answer"],
      },
      {
        id: "no-answer",
        title: "The metrics' listener does not answer",
        signal:
          "Prometheus knows the servers and gets no answer: another port or path, a network policy, a login before /metrics, a process that hangs.",
        confirm: scraped,
        evidence: [
          {
            id: "metrics-status",
            asks: "With which HTTP status does a chat server's /metrics answer (0: not at all)?",
            unit: "count",
            healthy: { least: 200, most: 200 },
            command: `curl --silent --max-time 10 --output /dev/null --write-out '%{http_code}\\n' "$METRICS_URL"`,
            ifHealthy: "It answers from here: look at the way from Prometheus.",
            ifUnhealthy: "It does not answer as it should: look at the listener, its port and its path.",
          },
        ],
        fix: [
          { does: "Read the target's error on Prometheus' page Targets, and set right what it names." },
          ...rollBack(),
        ],
        verify: scraped,
        undo: [{ does: "Deploy the newer release again once its listener answers." }],
      },
      {
        id: "not-instrumented",
        title: "A release without instrumentation",
        signal: "Servers answer, and `ws_connections_active` is not among what they tell, since a deploy.",
        confirm: instrumented,
        evidence: [
          {
            id: "families-told",
            asks: "How many lines does a chat server's /metrics have of its connections?",
            unit: "count",
            healthy: { least: 1 },
            command: `curl --silent --max-time 10 "$METRICS_URL" | grep -c '^${SERVER_CONNECTIONS_ACTIVE.name}'`,
            ifHealthy: "This one tells: ask another.",
            ifUnhealthy: "It calls no `instrumentServer`, or serves another registry.",
          },
        ],
        fix: rollBack(),
        verify: instrumented,
        undo: [{ does: "Deploy the newer release again once it is instrumented." }],
      },
      {
        id: "slow-scrape",
        title: "A scrape takes longer than it may",
        signal: "It comes and goes with load: the event loop is busy, or there are many series.",
        confirm: slow,
        fix: [
          { does: "Give the chat servers more CPU or more of them, or the job a longer scrape timeout." },
        ],
        verify: slow,
        undo: [{ does: "Set CPU, number and timeout back to what they were." }],
        explains: ["no-answer"],
      },
      {
        id: "prometheus-cut-off",
        title: "Prometheus reaches nobody",
        signal:
          "Collectors cannot be scraped at the same time: a network policy, a DNS, or Prometheus itself.",
        confirm: collectors,
        fix: [
          { does: "Look at Prometheus' page Targets: the error there says what its requests meet." },
          { does: "Take back what changed last in its network, its DNS or its certificates." },
        ],
        verify: collectors,
        undo: [{ does: "Make the change again once Prometheus may pass." }],
        explains: ["not-discovered", "no-answer", "slow-scrape"],
      },
    ],
    mitigations: [
      {
        step: { does: "Watch the chat by its browsers: the dashboard Overview has what users feel." },
        blastRadius: "None.",
        undo: { does: "Look at servers again." },
      },
      {
        step: { does: "Roll the chat server back, though users do not feel the fault." },
        blastRadius:
          "Every connection is closed once and comes back; whatever else the release brought is gone.",
        undo: { does: "Deploy the newer release again." },
      },
    ],
    doneWhen: [told, scraped],
    escalation: [
      { whom: "chat server's on-call", when: "servers answer, and tell nothing" },
      { whom: "platform's on-call", when: "Prometheus reaches nobody, or knows of no server" },
    ],
    tellUsers: "Nothing: users do not feel it.",
  };
}
