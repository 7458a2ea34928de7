import type { Period } from "@sockscope/catalog";
import {
  activeSince,
  countBy,
  firingAlerts,
  gauge,
  increase,
  rangeInWords,
  secondsSince,
  sumBy,
} from "@sockscope/promql";
import {
  ALERTMANAGERS_DISCOVERED,
  NOTIFICATION_ERRORS,
  NOTIFICATIONS_SENT,
  RECEIVER_FAILURES,
  RECEIVER_NOTIFICATIONS,
  ROUNDS_MISSED,
  RULE_FAILURES,
} from "../../runbook/metrics/prometheus-metrics.ts";
import type { Question } from "../../runbook/question.ts";
import { shareOf } from "../../runbook/questions/share-of.ts";
import type { Runbook } from "../../runbook/runbook.ts";

const RECENT: Period = "15m";

const NO_SELF_SCRAPE = {
  verdict: "unknown",
  means: "Prometheus does not scrape itself: look at its pages Rules and Status.",
} as const;

const NO_ALERTMANAGER_SCRAPE = {
  verdict: "unknown",
  means: "Prometheus does not scrape Alertmanager, or nothing was sent: read Alertmanager's log.",
} as const;

const WATCHDOG_FIRES: Question = {
  id: "watchdog-fires",
  asks: "How many Watchdogs does Prometheus fire now?",
  unit: "count",
  healthy: { least: 1 },
  query: countBy(["alertname"], firingAlerts({ alertname: "Watchdog" })),
  withoutSeries: {
    verdict: "unhealthy",
    means: "Prometheus answers and does not evaluate the rules: nobody is told of anything.",
  },
  ifHealthy: "Prometheus does its part: the fault lies behind it. Take the causes from the second on.",
  ifUnhealthy: "Prometheus does not evaluate the rules: nobody is told of anything. It is real.",
};

const RECEIVERS_FAILED: Question = {
  id: "receivers-failed",
  asks: `Which share of the notifications did receivers not take from Alertmanager, within the last ${rangeInWords(RECENT)}?`,
  unit: "share",
  healthy: { most: 0.05 },
  query: shareOf(
    sumBy(["job"], increase(RECEIVER_FAILURES, {}, RECENT)),
    sumBy(["job"], increase(RECEIVER_NOTIFICATIONS, {}, RECENT)),
  ),
  withoutSeries: NO_ALERTMANAGER_SCRAPE,
  ifHealthy:
    "Receivers take what Alertmanager sends: pages arrive. Only the way to the switch may be broken.",
  ifUnhealthy: "Receivers refuse or do not answer: pages to people may be lost as well.",
};

const ALERTMANAGERS: Question = {
  id: "alertmanagers-discovered",
  asks: "How many Alertmanagers does Prometheus send to now?",
  unit: "count",
  healthy: { least: 1 },
  query: sumBy(["job"], gauge(ALERTMANAGERS_DISCOVERED, {})),
  withoutSeries: NO_SELF_SCRAPE,
  ifHealthy: "It knows one.",
  ifUnhealthy: "It knows none: its configuration has no `alerting`, or discovery finds nobody.",
};

const ALERTMANAGER_FAILED: Question = {
  id: "alertmanager-failed",
  asks: `Which share of its notifications did Prometheus not get rid of, within the last ${rangeInWords(RECENT)}?`,
  unit: "share",
  healthy: { most: 0.05 },
  query: shareOf(
    sumBy(["job"], increase(NOTIFICATION_ERRORS, {}, RECENT)),
    sumBy(["job"], increase(NOTIFICATIONS_SENT, {}, RECENT)),
  ),
  withoutSeries: NO_SELF_SCRAPE,
  ifHealthy: "Alertmanager takes what Prometheus sends.",
  ifUnhealthy: "Alertmanager does not answer, or refuses.",
};

const RULES_FAILED: Question = {
  id: "rules-failed",
  asks: `How many evaluations of rules failed, within the last ${rangeInWords(RECENT)}?`,
  unit: "count",
  healthy: { most: 0 },
  query: sumBy(["job"], increase(RULE_FAILURES, {}, RECENT)),
  withoutSeries: NO_SELF_SCRAPE,
  ifHealthy: "Rules can be evaluated.",
  ifUnhealthy: "Some rule fails: the page Rules has its error.",
};

const ROUNDS_LEFT_OUT: Question = {
  id: "rounds-left-out",
  asks: `How many rounds of rules did Prometheus leave out because it was too slow, within the last ${rangeInWords(RECENT)}?`,
  unit: "count",
  healthy: { most: 0 },
  query: sumBy(["job"], increase(ROUNDS_MISSED, {}, RECENT)),
  withoutSeries: NO_SELF_SCRAPE,
  ifHealthy: "It keeps up.",
  ifUnhealthy: "It does not keep up: alerts are late, and may miss what was short.",
};

/** The dead man's switch waits for Watchdog and does not get it. */
export const WATCHDOG_RUNBOOK: Runbook = {
  impact:
    "Users feel nothing. Watchdog fires always, and that is right; when the dead man's switch says that it has fallen silent, nobody is told of whatever users feel.",
  callAtOnce: [
    { whom: "platform's on-call", when: "Prometheus or Alertmanager does not answer in your browser" },
  ],
  isReal: WATCHDOG_FIRES,
  oneOrMany: { sessions: RECEIVERS_FAILED },
  who: [
    {
      by: "alert that fires now",
      query: countBy(["alertname", "severity"], firingAlerts({})),
      read: "What nobody may have been told of: whoever looks at this page is the pager now. Begin with those whose severity is `page`.",
    },
    {
      by: "alert, in seconds since it began",
      query: secondsSince(activeSince({})),
      read: "Since when each condition holds. Watchdog's is the time since Prometheus started.",
    },
  ],
  firstFiveMinutes: [ALERTMANAGERS, ALERTMANAGER_FAILED, RULES_FAILED, ROUNDS_LEFT_OUT],
  causes: [
    {
      id: "rules-not-evaluated",
      title: "Prometheus does not evaluate the rules",
      signal: "It is down, or runs without our rules: a file that is not loaded, a reload that was refused.",
      confirm: WATCHDOG_FIRES,
      evidence: [
        {
          id: "prometheus-ready",
          asks: "With which HTTP status does Prometheus say that it is ready (503: not yet; 0: not at all)?",
          unit: "count",
          healthy: { least: 200, most: 200 },
          command: `curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}\\n' "$PROMETHEUS_URL/-/ready"`,
          ifHealthy: "It runs: look at its page Rules.",
          ifUnhealthy: "It is down or starts: look at its disk and its memory.",
        },
        {
          id: "watchdog-loaded",
          asks: "How many rules by the name of Watchdog has Prometheus loaded?",
          unit: "count",
          healthy: { least: 1 },
          command: `curl --silent --max-time 5 "$PROMETHEUS_URL/api/v1/rules?type=alert" | jq '[.data.groups[].rules[] | select(.name == "Watchdog")] | length'`,
          ifHealthy: "The rules are loaded.",
          ifUnhealthy: "They are not: check `rule_files` and the log of its last reload.",
        },
      ],
      fix: [
        { does: "Start Prometheus, or give it the disk and the memory that it lacks." },
        {
          does: "Check the rules before you load them again.",
          command: "promtool check rules rules.yml",
        },
      ],
      verify: WATCHDOG_FIRES,
      undo: [{ does: "Load the rules that it had before." }],
      explains: ["alertmanager-unreachable", "receiver-refuses", "no-alertmanager"],
    },
    {
      id: "no-alertmanager",
      title: "Prometheus knows no Alertmanager",
      signal: "Alerts fire on its page Alerts, and go nowhere.",
      confirm: ALERTMANAGERS,
      fix: [{ does: "Set `alerting` in Prometheus' configuration right, and reload it." }],
      verify: ALERTMANAGERS,
      undo: [{ does: "Load the configuration that it had before." }],
      explains: ["alertmanager-unreachable"],
    },
    {
      id: "alertmanager-unreachable",
      title: "Alertmanager does not take what Prometheus sends",
      signal: "Prometheus knows it, and gets errors: it is down, another port, a login, a network policy.",
      confirm: ALERTMANAGER_FAILED,
      evidence: [
        {
          id: "alertmanager-ready",
          asks: "With which HTTP status does Alertmanager say that it is ready (0: not at all)?",
          unit: "count",
          healthy: { least: 200, most: 200 },
          command: `curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}\\n' "$ALERTMANAGER_URL/-/ready"`,
          ifHealthy: "It runs: look at the way from Prometheus.",
          ifUnhealthy: "It is down: its log says why, often a configuration that it refuses.",
        },
      ],
      fix: [
        {
          does: "Check the configuration, and start it.",
          command: "amtool check-config alertmanager.yml",
        },
      ],
      verify: ALERTMANAGER_FAILED,
      undo: [{ does: "Start it with the configuration that it had before." }],
    },
    {
      id: "receiver-refuses",
      title: "A receiver does not take what Alertmanager sends",
      signal:
        "The switch's or the pager's address, key or certificate is no longer right, or it is down itself.",
      confirm: RECEIVERS_FAILED,
      evidence: [
        {
          id: "watchdog-silenced",
          asks: "How many Watchdogs does Alertmanager hold back, by a silence or an inhibition?",
          unit: "count",
          healthy: { most: 0 },
          command: `curl --silent --max-time 5 --get --data-urlencode 'filter=alertname="Watchdog"' "$ALERTMANAGER_URL/api/v2/alerts" | jq '[.[] | select(.status.state == "suppressed")] | length'`,
          ifHealthy: "Nobody silenced it.",
          ifUnhealthy: "A silence covers it: end the silence, or narrow what it matches.",
        },
      ],
      fix: [
        { does: "Read Alertmanager's log: it has the receiver's answer. Set its address or its key right." },
        { does: "Where the switch itself is down, tell its vendor, and watch by hand meanwhile." },
      ],
      verify: RECEIVERS_FAILED,
      undo: [{ does: "Set the receiver back to what it was." }],
    },
  ],
  mitigations: [
    {
      step: {
        does: "Be the pager: ask Prometheus for what fires, every few minutes, until the switch is content.",
        command: 'sockscope diagnose --prometheus "$PROMETHEUS_URL"',
      },
      blastRadius: "None.",
      undo: { does: "Stop, once the switch has heard Watchdog again." },
    },
    {
      step: { does: "Start a second Prometheus with the same rules and the same targets." },
      blastRadius: "Alertmanager gets each alert twice and tells it once; targets are scraped twice.",
      undo: { does: "Stop it." },
    },
  ],
  doneWhen: [WATCHDOG_FIRES, ALERTMANAGER_FAILED, RECEIVERS_FAILED],
  escalation: [
    { whom: "platform's on-call", when: "the switch is still silent after 15 minutes" },
    { whom: "incident lead", when: "alerts fire that nobody was told of" },
  ],
  tellUsers: "Nothing: users do not feel it.",
};
