import { type Catalog, COLLECTOR_MEASUREMENTS } from "@sockscope/catalog";
import {
  compare,
  countBy,
  type Expression,
  lastOverTime,
  multiply,
  or,
  rate,
  sumBy,
  up,
} from "@sockscope/promql";
import { CONNECTIONS_ACTIVE_SUM, recorded } from "@sockscope/slo";
import type { Question } from "../../runbook/question.ts";
import {
  collectorLines,
  collectorsScraped,
  measurementsCounted,
  restartCollectors,
  slowestScrape,
} from "../../runbook/questions/of-collectors.ts";
import { serversScraped } from "../../runbook/questions/of-servers.ts";
import type { Runbook } from "../../runbook/runbook.ts";

const NO_TARGET = {
  verdict: "unhealthy",
  means: "Prometheus has no target of the collectors' job, and had none within the last day.",
} as const;

type Up = ReturnType<typeof up>;

/** 0 for a job that had targets lately, where it has no value now. */
function orNone(value: Expression<"job">, collectors: Up): Expression<"job"> {
  return or(value, multiply(0, countBy(["job"], lastOverTime(collectors, "1d"))));
}

function collectorsLeft(collectors: Up): Question {
  return {
    id: "collectors-left",
    asks: "How many collectors does Prometheus see now?",
    unit: "count",
    healthy: { least: 1 },
    query: orNone(sumBy(["job"], collectors), collectors),
    withoutSeries: NO_TARGET,
    ifHealthy:
      "One of several is gone: what its pages report is missing, and pages keep it for some minutes. It can wait for the morning.",
    ifUnhealthy: "None is left: nobody sees what browsers see. Go on.",
  };
}

function collectorsKnown(collectors: Up): Question {
  return {
    id: "collectors-known",
    asks: "How many collectors is Prometheus told to scrape now?",
    unit: "count",
    healthy: { least: 1 },
    query: orNone(countBy(["job"], collectors), collectors),
    withoutSeries: NO_TARGET,
    ifHealthy: "It knows where to ask: it is not this.",
    ifUnhealthy: "It knows of no collector: look at its page Service Discovery, for this job.",
  };
}

function collectorsSilent(collectors: Up): Question {
  return {
    id: "collectors-silent",
    asks: "How many collectors that Prometheus knows do not answer it now?",
    unit: "count",
    healthy: { most: 0 },
    query: or(countBy(["job"], compare(collectors, "==", 0)), multiply(0, countBy(["job"], collectors))),
    withoutSeries: { verdict: "unknown", means: "Prometheus knows of no collector." },
    ifHealthy: "All that it knows answer: it is not this.",
    ifUnhealthy: "A process has ended, hangs, or its admin listener is out of reach.",
  };
}

/** Users are there, whether anybody sees what they see or not. */
function connectionsOpen(): Question {
  return {
    id: "connections-open",
    asks: "How many connections do chat servers hold now?",
    unit: "count",
    healthy: { least: 1 },
    query: recorded(CONNECTIONS_ACTIVE_SUM),
    withoutSeries: {
      verdict: "unknown",
      means: "Prometheus has no chat server either: go to WsServerMetricsMissing.",
    },
    ifHealthy: "Users are served; only what their pages tell is missing.",
    ifUnhealthy: "Nobody is connected: the chat is down as well. Go to WsMassDisconnect first.",
  };
}

/** Collectors cannot be scraped. */
export function wsCollectorDownRunbook(catalog: Catalog): Runbook {
  const collectors = up({ job: catalog.jobs.collectors });
  const scraped = collectorsScraped(catalog, {
    ifHealthy: "Every collector answers Prometheus again. Watch it for 15 minutes.",
    ifUnhealthy: "A collector is gone now. It is real.",
  });
  const silent = collectorsSilent(collectors);
  const known = collectorsKnown(collectors);
  const servers = serversScraped(catalog, {
    ifHealthy: "Prometheus sees the chat servers: it is only the collectors.",
    ifUnhealthy: 'Prometheus sees chat servers as little: take the cause "Prometheus reaches nobody".',
  });
  const counted = measurementsCounted({
    ifHealthy: "What pages report is counted.",
    ifUnhealthy: "No page of this app reports anything.",
  });
  const slow = slowestScrape(catalog.jobs.collectors, {
    ifHealthy: "Scrapes are quick: it is not this.",
    ifUnhealthy: "Scrapes take so long that Prometheus gives them up.",
  });
  return {
    impact:
      "Users feel nothing. Nobody sees what they feel: alerts that read browsers are blind, and stay silent whatever happens.",
    callAtOnce: [{ whom: "owner of the collectors", when: "the alert is a page: no collector is left" }],
    isReal: scraped,
    oneOrMany: { sessions: collectorsLeft(collectors) },
    who: [
      {
        by: "collector, over time",
        query: collectors,
        read: "Since when: look at its graph. 0 is down; a line that ends is a collector that Prometheus no longer knows. A collector that was moved on purpose under another name is no fault.",
      },
      {
        by: "collector, of what pages report",
        query: sumBy(["instance", "app"], rate(COLLECTOR_MEASUREMENTS, {}, "10m")),
        read: "What those that are left still count.",
      },
      {
        by: "job",
        query: countBy(["job"], compare(collectors, "==", 1)),
        read: "How many are left. No line: none.",
      },
    ],
    firstFiveMinutes: [connectionsOpen(), servers, known, slow],
    causes: [
      {
        id: "process-gone",
        title: "A collector has ended or hangs",
        signal:
          "Prometheus knows it and gets no answer: a crash, no memory, a configuration that it refuses, a host that is gone.",
        confirm: silent,
        evidence: [
          {
            id: "collector-health",
            asks: "With which HTTP status does the collector say how it is (503: it is shutting down; 0: nobody answers)?",
            unit: "count",
            healthy: { least: 200, most: 200 },
            command: `curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}\\n' "$COLLECTOR_ADMIN_URL/healthz"`,
            ifHealthy: "It runs: look at the way from Prometheus to its admin listener.",
            ifUnhealthy: "It does not run, or not for long.",
          },
          {
            id: "collector-faults",
            asks: "How many faults of its own did the collector log, within the last 30 minutes?",
            unit: "count",
            healthy: { most: 0 },
            command: `${collectorLines(30, '.event == "fault"', "1")} | wc -l`,
            ifHealthy: "None. A process that was killed for want of memory logs nothing.",
            ifUnhealthy: "Read them: they say what failed.",
          },
        ],
        fix: [
          {
            does: "Look why it ended: memory, exit code, events.",
            command: {
              kubernetes: 'kubectl describe pods --namespace "$NAMESPACE" --selector "$COLLECTOR_PODS"',
              hosts: 'systemctl status "$COLLECTOR"',
            },
          },
          ...restartCollectors(),
          { does: "Where the configuration changed last, set it back to the one before." },
        ],
        verify: silent,
        undo: [
          { does: "A start needs no way back; a configuration is set forward again once it is mended." },
        ],
      },
      {
        id: "not-discovered",
        title: "Prometheus no longer knows the collectors",
        signal:
          "There is no target of the job: another name, another label, a changed ServiceMonitor or file.",
        confirm: known,
        fix: [
          {
            does: `Let Prometheus scrape the collectors under the job ${catalog.jobs.collectors} again, or generate everything with the job's new name.`,
          },
        ],
        verify: known,
        undo: [{ does: "Set the scrape configuration back to what it was." }],
      },
      {
        id: "slow-scrape",
        title: "A scrape takes longer than it may",
        signal:
          "It comes and goes; it began with more apps, releases or metrics of your own, or with too little CPU.",
        confirm: slow,
        fix: [
          { does: "Give the collector more CPU, or the job a longer scrape timeout." },
          { does: "Look at `sockscope_collector_series`: what is declared and not needed can go." },
        ],
        verify: slow,
        undo: [{ does: "Set CPU and timeout back to what they were." }],
        explains: ["process-gone"],
      },
      {
        id: "prometheus-cut-off",
        title: "Prometheus reaches nobody",
        signal:
          "Chat servers cannot be scraped at the same time: a network policy, a DNS, or Prometheus itself.",
        confirm: servers,
        fix: [
          { does: "Look at Prometheus' page Targets: the error there says what its requests meet." },
          { does: "Take back what changed last in its network, its DNS or its certificates." },
        ],
        verify: servers,
        undo: [{ does: "Make the change again once Prometheus may pass." }],
        explains: ["process-gone", "slow-scrape", "not-discovered"],
      },
    ],
    mitigations: [
      {
        step: { does: "Watch the chat by its servers: the dashboard Connections has what they count." },
        blastRadius: "None.",
        undo: { does: "Look at browsers again." },
      },
      {
        step: { does: "Start another collector beside those that are gone, under the same name." },
        blastRadius:
          "Batches that pages send again may count twice: a new collector does not know what another has counted.",
        undo: { does: "Stop it once the others are back." },
      },
    ],
    doneWhen: [scraped, counted],
    escalation: [
      { whom: "owner of the collectors", when: "no collector is left after 15 minutes" },
      { whom: "platform's on-call", when: "Prometheus reaches nobody" },
    ],
    tellUsers: "Nothing: users do not feel it.",
  };
}
