import { AFFECTED_SESSIONS, type Catalog, type Period } from "@sockscope/catalog";
import {
  clampMax,
  clampMin,
  compare,
  countBy,
  divide,
  firingAlerts,
  increase,
  largest,
  maxOverTime,
  multiply,
  or,
  rangeInWords,
  ratio,
  smallest,
  subtract,
  sumBy,
} from "@sockscope/promql";
import {
  CONNECTIONS_ACTIVE_SUM,
  errorBudget,
  FASTEST_BURN_RATE,
  messagesInTime,
  recorded,
  SESSIONS_ACTIVE_SUM,
  UNANSWERED_RATIOS,
} from "@sockscope/slo";
import { firstAttemptsPanel } from "../first-attempts.ts";
import { drillDown } from "../links.ts";
import { FAULTS } from "../our-alerts.ts";
import { bigNumber } from "../panels/big-number.ts";
import type { PanelSpec } from "../panels/panel.ts";
import { ANY_EVENT } from "../panels/thresholds.ts";
import {
  APP,
  MOST_RANGE,
  MOST_RANGE_IN_WORDS,
  ofChosenApps,
  WIDE_WINDOW,
  WIDE_WINDOW_IN_WORDS,
} from "../windows.ts";

const SIZE = { width: 4, height: 4 } as const;
const CONNECTIONS = drillDown("How do they end?", "sockscope-connections");
const MESSAGES = drillDown("What happens to messages?", "sockscope-messages");

/** In which enough messages come to say a share of them. */
const LATENCY_RANGE: Period = "10m";

function pagesPanel(): PanelSpec {
  const pages = countBy([], firingAlerts({ alertname: FAULTS, severity: "page" }));
  // Rules that record and rules that alert are evaluated alike: without a recorded value, nothing could page.
  const evaluated = multiply(0, countBy([], recorded(CONNECTIONS_ACTIVE_SUM)));
  return bigNumber(
    {
      ...SIZE,
      id: 1,
      title: "Alerts that page",
      description:
        "How many alerts that wake somebody fire now, of every app and job. Which ones, the table below says.",
      unit: "short",
      queries: [{ refId: "pages", expression: or(pages, evaluated), legend: "firing" }],
      emptyWhere: "Prometheus evaluates none of our rules, or has known no chat server for half an hour",
    },
    { colors: [{ color: "green" }, { from: ANY_EVENT, color: "red" }], decimals: 0, isVerdict: true },
  );
}

function affectedPanel({ thresholds }: Catalog): PanelSpec {
  const affected = sumBy([], increase(AFFECTED_SESSIONS, APP, WIDE_WINDOW));
  const pages = sumBy([], maxOverTime(recorded(SESSIONS_ACTIVE_SUM), MOST_RANGE));
  return bigNumber(
    {
      ...SIZE,
      id: 2,
      title: "Users affected",
      description: `The share of page loads that a close hit within ${WIDE_WINDOW_IN_WORDS} which its user feels, of the most that were there at a time within ${MOST_RANGE_IN_WORDS}. A user with five tabs is five, and one who met two codes is two. Red from the share on at which lost authentication pages.`,
      unit: "percentunit",
      queries: [
        {
          refId: "affected",
          // Who comes, fails and leaves again is counted above only.
          expression: clampMax(ratio(affected, ofChosenApps(pages)), 1),
          legend: "affected",
        },
      ],
      emptyWhere: "no page has been there for long enough to be counted",
      alerts: ["WsAuthCloseSpike"],
    },
    {
      colors: [{ color: "green" }, { from: thresholds.WsAuthCloseSpike.share, color: "red" }],
      decimals: 1,
      isVerdict: true,
      leadsTo: CONNECTIONS,
    },
  );
}

function lostPanel({ thresholds }: Catalog): PanelSpec {
  const open = recorded(CONNECTIONS_ACTIVE_SUM);
  const lost = subtract(1, divide(open, compare(maxOverTime(open, MOST_RANGE), ">", 0)));
  return bigNumber(
    {
      ...SIZE,
      id: 3,
      title: "Connections gone",
      description: `How many of the most open connections of ${MOST_RANGE_IN_WORDS} are open no more, of the job that lost most; of every app. A planned restart is seen here as well, for as long as its users need to come back. Red from the share on at which a mass disconnect pages.`,
      unit: "percentunit",
      queries: [{ refId: "lost", expression: largest(1, lost), legend: "{{job}}" }],
      emptyWhere: `no server has had a connection within ${MOST_RANGE_IN_WORDS}`,
      alerts: ["WsMassDisconnect"],
    },
    {
      colors: [{ color: "green" }, { from: thresholds.WsMassDisconnect.lostShare, color: "red" }],
      decimals: 1,
      isVerdict: true,
      leadsTo: CONNECTIONS,
    },
  );
}

function unansweredPanel({ targets, thresholds }: Catalog): PanelSpec {
  const rule = UNANSWERED_RATIOS["5m"];
  return bigNumber(
    {
      ...SIZE,
      id: 5,
      title: "Unanswered",
      description: `Of what users wrote within ${rangeInWords(rule.range)}, the share that had no answer on the page in time, of the app where it is largest. Orange from where the error budget burns fast enough to page, red where messages do not appear.`,
      unit: "percentunit",
      queries: [
        {
          refId: "unanswered",
          // Answers to what was written before the window, when less was written, are no negative share.
          expression: clampMin(largest(1, ofChosenApps(recorded(rule))), 0),
          legend: "{{app}}",
        },
      ],
      emptyWhere: "nobody wrote",
      alerts: ["WsMessagesNotAppearing", "WsDeliveryErrorBudgetBurn"],
    },
    {
      colors: [
        { color: "green" },
        { from: Math.min(1, FASTEST_BURN_RATE * errorBudget(targets.message_delivery)), color: "orange" },
        { from: thresholds.WsMessagesNotAppearing.unansweredShare, color: "red" },
      ],
      decimals: 1,
      isVerdict: true,
      leadsTo: MESSAGES,
    },
  );
}

function inTimePanel(catalog: Catalog): PanelSpec {
  const { message_latency } = catalog.targets;
  const inTime = compare(ofChosenApps(messagesInTime(catalog, LATENCY_RANGE)), ">=", 0);
  return bigNumber(
    {
      ...SIZE,
      id: 6,
      title: "Timely messages",
      description: `Of the messages within ${rangeInWords(LATENCY_RANGE)} whose latency can be known, the share that came in time (${message_latency.title.toLowerCase()}), of the app where it is smallest. Orange below the target, red where so many are late that it pages.`,
      unit: "percentunit",
      queries: [{ refId: "in_time", expression: smallest(1, inTime), legend: "{{app}}" }],
      emptyWhere: "no message came whose latency could be known",
      alerts: ["WsMessageLatencyHigh"],
    },
    {
      colors: [
        { color: "red" },
        { from: 1 - catalog.thresholds.WsMessageLatencyHigh.lateSharePage, color: "orange" },
        { from: message_latency.objective.share, color: "green" },
      ],
      decimals: 1,
      isVerdict: true,
      leadsTo: MESSAGES,
    },
  );
}

/** Is it us? One verdict for each way in which a chat fails its users. */
export function verdicts(catalog: Catalog): readonly PanelSpec[] {
  return [
    pagesPanel(),
    affectedPanel(catalog),
    lostPanel(catalog),
    firstAttemptsPanel(
      catalog,
      { ...SIZE, id: 4, title: "Can connect" },
      { decimals: 1, isVerdict: true, leadsTo: CONNECTIONS },
    ),
    unansweredPanel(catalog),
    inTimePanel(catalog),
  ];
}
