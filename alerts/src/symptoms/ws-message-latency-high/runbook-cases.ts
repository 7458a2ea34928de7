import { LATENCY_EXCLUDED, MESSAGE_LATENCY, RTT, SERVER_MESSAGE_DELIVERY } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PAGES, server } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

/** The target's bucket gets this many a minute. */
function inTime(name: string, labels: Readonly<Record<string, string>>, aMinute: number) {
  return { [selector(`${name}_bucket`, { ...labels, le: "0.2" })]: `0+${aMinute}x100` };
}

const LATE = inTime(MESSAGE_LATENCY.name, PAGES, 100);

function excluded(reason: string, aMinute: number) {
  return { [selector(LATENCY_EXCLUDED.name, { ...PAGES, reason })]: `0+${aMinute}x100` };
}

/** What each question of the runbook is to see. */
export const WS_MESSAGE_LATENCY_HIGH_RUNBOOK_CASES: RunbookCases = {
  broken: {
    late: LATE,
    "late-messages": LATE,
    "held-up": LATE,
    "late-at-server": inTime(SERVER_MESSAGE_DELIVERY.name, server(1), 50),
    "late-round-trips": inTime(RTT.name, PAGES, 500),
    "negative-latencies": excluded("negative", 20),
    "early-for-late": { ...LATE, ...excluded("negative", 90) },
    believed: excluded("offset", 400),
  },
};
