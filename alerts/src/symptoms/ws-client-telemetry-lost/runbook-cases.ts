import { COLLECTOR_LEFT_OUT, COLLECTOR_SEQUENCE_GAPS, CONNECT_ATTEMPTS } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PAGES } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

const gaps = { [selector(COLLECTOR_SEQUENCE_GAPS.name, PAGES)]: "0+100x100" };
// A release, half an hour ago, whose pages do not report.
const silentPages = {
  [selector(CONNECT_ATTEMPTS.name, { ...PAGES, outcome: "opened", trigger: "initial" })]: "0+20x50 1000x50",
};

/** What each question of the runbook is to see. */
export const WS_CLIENT_TELEMETRY_LOST_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "loss-of-allowed": silentPages,
    untold: gaps,
    "coverage-of-yesterday": silentPages,
    "gap-share": gaps,
    "unknown-entries": {
      [selector(COLLECTOR_LEFT_OUT.name, { ...PAGES, reason: "unknown_metric" })]: "0+1000x100",
    },
  },
  answers: {
    "collector-reachable": { to: "GET /", healthy: { status: 404 }, broken: { status: 502 } },
    "policies-without-collector": {
      to: "HEAD /",
      healthy: { status: 200, headers: { "Content-Security-Policy": "script-src 'self'" } },
      broken: {
        status: 200,
        headers: { "Content-Security-Policy": "default-src 'self'; connect-src 'self' wss://chat.example" },
      },
    },
  },
};
