import { CONNECT_ATTEMPTS, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PAGES, server, target } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

function connections(pod: 1 | 2): string {
  return selector(SERVER_CONNECTIONS_ACTIVE.name, { ...server(pod), route: "/chat" });
}

function opened(trigger: "initial" | "online"): string {
  return selector(CONNECT_ATTEMPTS.name, { ...PAGES, outcome: "opened", trigger });
}

const silent = { [connections(1)]: "500x60 stale", [connections(2)]: "500x60 stale" };

/** What each question of the runbook is to see. */
export const WS_SERVER_METRICS_MISSING_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "servers-telling": silent,
    "servers-unseen": silent,
    "scraped-telling": silent,
    "browsers-connect": { [opened("initial")]: "1000x100", [opened("online")]: "50x100" },
    "servers-known": {
      [selector("up", target(1))]: "1x60 stale",
      [selector("up", target(2))]: "1x60 stale",
    },
  },
  answers: {
    "metrics-status": { to: "GET /metrics", healthy: { status: 200 }, broken: { status: 404 } },
    "families-told": {
      to: "GET /metrics",
      healthy: { status: 200, body: () => `${connections(1)} 3\n` },
      broken: { status: 200, body: () => "process_cpu_seconds_total 1\n" },
    },
  },
};
