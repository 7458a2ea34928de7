import { SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { server } from "../../runbook/proof/healthy-chat.ts";
import { collector } from "../../runbook/proof/healthy-prometheus.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

const UP = selector("up", collector());

function connections(pod: 1 | 2): string {
  return selector(SERVER_CONNECTIONS_ACTIVE.name, { ...server(pod), route: "/chat" });
}

/** What each question of the runbook is to see. */
export const WS_COLLECTOR_DOWN_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "collectors-left": { [UP]: "1x60 0x40" },
    "collectors-known": { [UP]: "1x60 stale" },
    "collectors-silent": { [UP]: "1x60 0x40" },
    "connections-open": { [connections(1)]: "500x60 0x40", [connections(2)]: "500x60 0x40" },
  },
  brokenLog: { "collector-faults": [{ event: "fault", fault: "Error: the disk is full" }] },
  answers: {
    "collector-health": { to: "GET /healthz", healthy: { status: 200 }, broken: { status: 503 } },
  },
};
