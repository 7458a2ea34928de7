import {
  type Catalog,
  CLOSES,
  CONNECT_ATTEMPTS,
  DEFAULT_CATALOG,
  FRAMES_RECEIVED,
  type Period,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_SENT,
  SERVER_MESSAGE_DELIVERY,
  SERVER_REHYDRATION_DURATION,
  SESSIONS_ACTIVE,
} from "@sockscope/catalog";
import {
  bucketRates,
  type Expression,
  gauge,
  lastOverTime,
  multiply,
  or,
  rate,
  ratio,
  sumBy,
} from "@sockscope/promql";
import type { BurnRange } from "./burn-windows.ts";
import { connectErrorRatio } from "./connect-errors.ts";
import {
  type RangedRule,
  type RecordingGroup,
  type RecordingRule,
  ruleKeptApart,
  SLOW_INTERVAL,
} from "./recording-rule.ts";
import { unansweredRatio } from "./unanswered.ts";
import { ACCEPTED_ATTEMPTS, ASSISTANT_MESSAGES, retryableClosesIn } from "./what-counts.ts";

function over<L extends string>(
  range: Period,
  record: RecordingRule["record"],
  meaning: string,
  expressionOver: (range: Period) => Expression<L>,
): RangedRule<L> {
  return { record, meaning, expression: expressionOver(range), range };
}

/** Pages that are there. */
export const SESSIONS_ACTIVE_SUM: RecordingRule<"app"> = {
  record: "app:ws_client_sessions_active:sum",
  meaning:
    "Pages that are there. Summed before anybody takes a mean over time, so that a pod and its successor are not two.",
  expression: sumBy(["app"], gauge(SESSIONS_ACTIVE, {})),
};

/** Open connections of the chat servers. */
export const CONNECTIONS_ACTIVE_SUM: RecordingRule<"job"> = {
  record: "job:ws_connections_active:sum",
  meaning:
    'Open connections of the chat servers, of pages with and without the SDK. When every pod is gone this is 0 for half an hour, and not "no data".',
  expression: or(
    sumBy(["job"], gauge(SERVER_CONNECTIONS_ACTIVE, {})),
    multiply(0, sumBy(["job"], lastOverTime(gauge(SERVER_CONNECTIONS_ACTIVE, {}), "30m"))),
  ),
};

/** Closes as browsers see them. */
export const CLOSES_RATE_5M: RangedRule<"app" | "code" | "phase"> = over(
  "5m",
  "app_code_phase:ws_client_closes:rate5m",
  "Closes a second as browsers see them. The phase stays: the same code before and after the connection opened is two faults.",
  (range) => sumBy(["app", "code", "phase"], rate(CLOSES, {}, range)),
);

/** Messages that servers wrote, by how long they took. */
export const MESSAGE_DELIVERY_RATE_5M: RangedRule<"app" | "le"> = over(
  "5m",
  "app_le:ws_message_delivery_seconds_bucket:rate5m",
  "Messages a second that servers wrote at or below each bound, of all pods together: each quantile would read each pod's.",
  (range) => bucketRates(SERVER_MESSAGE_DELIVERY, {}, range, ["app"]),
);

/** Rehydrations that servers sent, by how long they took. */
export const REHYDRATION_DURATION_RATE_5M: RangedRule<"app" | "le"> = over(
  "5m",
  "app_le:ws_rehydration_duration_seconds_bucket:rate5m",
  "Rehydrations a second that servers sent at or below each bound, of all pods together: each quantile would read each pod's.",
  (range) => bucketRates(SERVER_REHYDRATION_DURATION, {}, range, ["app"]),
);

/** Unplanned cuts after which browsers reconnect. */
function retryableClosesRate5m(catalog: Catalog): RangedRule<"app"> {
  return over(
    "5m",
    "app:ws_client_retryable_closes:rate5m",
    "Unplanned cuts a second after which browsers reconnect. A client that loops counts every time.",
    (range) => sumBy(["app"], rate(CLOSES, retryableClosesIn(catalog), range)),
  );
}

/** How it is read, whatever a deployment's own codes add to what it counts. */
export const RETRYABLE_CLOSES_RATE_5M: RangedRule<"app"> = retryableClosesRate5m(DEFAULT_CATALOG);

/** What share of the assistant's messages browsers say that they received. */
export const ASSISTANT_MESSAGES_RECEIVED_PER_SENT: RangedRule<never> = over(
  "10m",
  ":ws_assistant_messages_received_per_sent:ratio_rate10m",
  "What share of the assistant's messages browsers say that they received. It meets two populations, so it means something only against itself at another time: pages without the SDK are always missing.",
  (range) =>
    ratio(
      sumBy([], rate(FRAMES_RECEIVED, ASSISTANT_MESSAGES, range)),
      sumBy([], rate(SERVER_FRAMES_SENT, ASSISTANT_MESSAGES, range)),
    ),
);

/** Coverage. */
export const OPENS_PER_SERVER_OPEN: RangedRule<never> = over(
  "30m",
  ":ws_client_opens_per_server_open:ratio_rate30m",
  "Coverage: what share of the connections that servers accepted browsers report. It meets two populations, so it means something only against itself at another time.",
  (range) =>
    ratio(
      sumBy([], rate(CONNECT_ATTEMPTS, ACCEPTED_ATTEMPTS, range)),
      sumBy([], rate(SERVER_CONNECTIONS_OPENED, {}, range)),
    ),
);

function connectErrors(range: BurnRange, record: RecordingRule["record"]): RangedRule<"app"> {
  const meaning =
    "The share of decided first attempts that left a user without a connection. No attempts, no value.";
  return over(range, record, meaning, connectErrorRatio);
}

function unanswered(catalog: Catalog, range: BurnRange, record: RecordingRule["record"]): RangedRule<"app"> {
  const meaning = "The share of user messages that had no answer on the page in time. No messages, no value.";
  return over(range, record, meaning, (of) => unansweredRatio(catalog, of));
}

/** The connect errors over every window that an alert reads. */
export const CONNECT_ERROR_RATIOS: Readonly<Record<BurnRange, RangedRule<"app">>> = {
  "5m": connectErrors("5m", "app:ws_client_connect_errors:ratio_rate5m"),
  "30m": connectErrors("30m", "app:ws_client_connect_errors:ratio_rate30m"),
  "1h": connectErrors("1h", "app:ws_client_connect_errors:ratio_rate1h"),
  "2h": connectErrors("2h", "app:ws_client_connect_errors:ratio_rate2h"),
  "6h": connectErrors("6h", "app:ws_client_connect_errors:ratio_rate6h"),
  "1d": connectErrors("1d", "app:ws_client_connect_errors:ratio_rate1d"),
  "3d": connectErrors("3d", "app:ws_client_connect_errors:ratio_rate3d"),
};

/** The messages without an answer over every window that an alert reads. */
function unansweredRatios(catalog: Catalog): Readonly<Record<BurnRange, RangedRule<"app">>> {
  return {
    "5m": unanswered(catalog, "5m", "app:ws_client_unanswered:ratio_rate5m"),
    "30m": unanswered(catalog, "30m", "app:ws_client_unanswered:ratio_rate30m"),
    "1h": unanswered(catalog, "1h", "app:ws_client_unanswered:ratio_rate1h"),
    "2h": unanswered(catalog, "2h", "app:ws_client_unanswered:ratio_rate2h"),
    "6h": unanswered(catalog, "6h", "app:ws_client_unanswered:ratio_rate6h"),
    "1d": unanswered(catalog, "1d", "app:ws_client_unanswered:ratio_rate1d"),
    "3d": unanswered(catalog, "3d", "app:ws_client_unanswered:ratio_rate3d"),
  };
}

/** How they are read, whatever time a deployment gives an answer. */
export const UNANSWERED_RATIOS: Readonly<Record<BurnRange, RangedRule<"app">>> =
  unansweredRatios(DEFAULT_CATALOG);

/** So much data behind one number need not be read four times a minute. */
const SLOW: readonly BurnRange[] = ["1d", "3d"];

function errorRatios(catalog: Catalog, slow: boolean): RecordingRule[] {
  const unanswered = unansweredRatios(catalog);
  return (Object.keys(CONNECT_ERROR_RATIOS) as BurnRange[])
    .filter((range) => SLOW.includes(range) === slow)
    .flatMap((range) => [CONNECT_ERROR_RATIOS[range], unanswered[range]]);
}

/** Every recording rule but those of targets. */
export function ruleGroups(catalog: Catalog): readonly RecordingGroup[] {
  return groupsOfOneEnvironment(catalog).map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ruleKeptApart(rule, catalog.environmentLabels)),
  }));
}

function groupsOfOneEnvironment(catalog: Catalog): readonly RecordingGroup[] {
  return [
    {
      name: "sockscope.record",
      rules: [
        SESSIONS_ACTIVE_SUM,
        CONNECTIONS_ACTIVE_SUM,
        CLOSES_RATE_5M,
        MESSAGE_DELIVERY_RATE_5M,
        REHYDRATION_DURATION_RATE_5M,
        retryableClosesRate5m(catalog),
        ASSISTANT_MESSAGES_RECEIVED_PER_SENT,
        OPENS_PER_SERVER_OPEN,
        ...errorRatios(catalog, false),
      ],
    },
    { name: "sockscope.record.slow", interval: SLOW_INTERVAL, rules: errorRatios(catalog, true) },
  ];
}
