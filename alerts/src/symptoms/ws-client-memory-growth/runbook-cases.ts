import { CLOSES, DEFAULT_CATALOG, FRAMES_RECEIVED, HEAP_GROWTH, type SessionAge } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PAGES } from "../../runbook/proof/healthy-chat.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

const { bound } = DEFAULT_CATALOG.targets.client_memory.objective;

/** Pages of an age, of which none stayed within the bound. */
function grown(age: SessionAge, values: string): RunbookCases["broken"][string] {
  const labels = { ...PAGES, session_age: age };
  return {
    [selector(`${HEAP_GROWTH.name}_bucket`, { ...labels, le: String(bound) })]: "0x600",
    [selector(`${HEAP_GROWTH.name}_count`, labels)]: values,
  };
}

/** What each question of the runbook is to see. */
export const WS_CLIENT_MEMORY_GROWTH_RUNBOOK_CASES: RunbookCases = {
  broken: {
    "grown-share": grown("8h", "0+10x100"),
    "grown-pages": grown("8h", "0+10x100"),
    "grown-at-1h": grown("1h", "0+10x100"),
    "grown-at-4h": grown("4h", "0+10x100"),
    "closes-per-page-hour": {
      [selector(CLOSES.name, { ...PAGES, code: "1006", phase: "opened", ended_by: "network" })]: "0+100x100",
    },
    "frames-per-page-hour": {
      [selector(FRAMES_RECEIVED.name, { ...PAGES, event: "assistant_message" })]: "0+120000x100",
    },
  },
};
