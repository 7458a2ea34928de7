import { healthyChat, type Runbook, SYMPTOMS } from "@sockscope/alerts";
import type { AlertName } from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { testRules } from "../testing/promtool.test-support.ts";
import { recordingGroups } from "../testing/rule-groups.test-support.ts";
import { after, FAULTS_AS_SERIES } from "./faults-of-messages.test-support.ts";
import { isUnhealthy, promqlTest } from "./unhealthy.test-support.ts";

interface Incident {
  readonly fault: keyof typeof FAULTS_AS_SERIES;
  readonly alert: AlertName;
  /** The causes that are left of those that look confirmed, without what others of them explain. */
  readonly causes: readonly string[];
}

const INCIDENTS: readonly Incident[] = [
  { fault: "consumer_error", alert: "WsInternalErrorCloseSpike", causes: ["consumer-exceptions"] },
  { fault: "stop_redis", alert: "WsInternalErrorCloseSpike", causes: ["channel-layer"] },
  { fault: "workers are gone", alert: "WsInternalErrorCloseSpike", causes: ["workers"] },
  { fault: "consumer_error", alert: "WsMessagesNotAppearing", causes: ["not-sent"] },
  { fault: "workers are gone", alert: "WsMessagesNotAppearing", causes: ["not-sent"] },
  { fault: "lose_messages", alert: "WsMessagesNotAppearing", causes: ["lost-on-the-way"] },
  { fault: "omit_in_reply_to", alert: "WsMessagesNotAppearing", causes: ["no-in-reply-to"] },
  { fault: "duplicate_messages", alert: "WsMessagesNotAppearing", causes: ["client-dedup"] },
  { fault: "delay_messages", alert: "WsMessagesNotAppearing", causes: [] },
  { fault: "delay_messages", alert: "WsMessageLatencyHigh", causes: ["held-up"] },
  { fault: "a clock is wrong", alert: "WsMessageLatencyHigh", causes: ["clocks"] },
  {
    fault: "a slow server, and a clock that is a little wrong",
    alert: "WsMessageLatencyHigh",
    causes: ["server-slow"],
  },
  { fault: "slow_consumer", alert: "WsMessageSendErrors", causes: ["backpressure"] },
  { fault: "duplicate_messages", alert: "WsDuplicateMessages", causes: ["sent-twice"] },
  { fault: "lose_messages", alert: "WsDeliveryErrorBudgetBurn", causes: ["lost-on-the-way"] },
  { fault: "omit_in_reply_to", alert: "WsDeliveryErrorBudgetBurn", causes: ["no-in-reply-to"] },
  { fault: "workers are gone", alert: "WsDeliveryErrorBudgetBurn", causes: ["not-sent"] },
];

/** Soon after the page went out, and late, when the healthy time before is out of every range. */
const MINUTES = { soon: 4, late: 20 };

/** Pages that look back for an hour see nothing soon. */
const SLOW: readonly AlertName[] = ["WsDeliveryErrorBudgetBurn"];

function runbookOf(alert: AlertName): Runbook {
  const runbook = SYMPTOMS.find(({ name }) => name === alert)?.runbook;
  if (runbook === undefined) throw new Error(`${alert} has no runbook`);
  return runbook;
}

/** Which of a runbook's causes look confirmed: promtool says of each whether it does. */
async function confirmed(
  { causes }: Runbook,
  series: ReturnType<typeof after>,
): Promise<readonly Runbook["causes"][number][]> {
  const groups = recordingGroups(causes.map(({ confirm }) => confirm.query));
  const verdicts = await Promise.all(
    causes.map(async ({ id, confirm }) =>
      testRules(groups, [promqlTest(id, series, isUnhealthy(confirm), true)]),
    ),
  );
  return causes.filter((_, index) => verdicts[index]?.passed === true);
}

describe.each(INCIDENTS)("$fault, as $alert's runbook sees it", ({ fault, alert, causes }) => {
  const times = Object.entries(MINUTES).filter(([when]) => when === "late" || !SLOW.includes(alert));

  it.each(times)("is told apart from the other causes, %s", async (_when, minutes) => {
    const seen = await confirmed(runbookOf(alert), after(healthyChat(), FAULTS_AS_SERIES[fault], minutes));
    const explained = seen.flatMap(({ explains = [] }) => explains);
    expect(seen.map(({ id }) => id).filter((id) => !explained.includes(id))).toEqual(causes);
  });
});
