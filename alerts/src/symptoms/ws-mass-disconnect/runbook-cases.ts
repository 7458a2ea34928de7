import { COLLECTOR_SESSIONS_ENDED, SERVER_CLOSES, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { selector } from "@sockscope/promql";
import { PAGES, server } from "../../runbook/proof/healthy-chat.ts";
import { LOST_LINES } from "../../runbook/proof/of-cuts-cases.ts";
import type { RunbookCases } from "../../runbook/runbook-cases.ts";

/** A fifth of the connections, at once. */
function closes(code: string, reason: string): Readonly<Record<string, string>> {
  return { [selector(SERVER_CLOSES.name, { ...server(1), code, reason })]: "0x84 200x20" };
}

/** Most connections are gone, for half an hour. */
const AWAY = {
  [selector(SERVER_CONNECTIONS_ACTIVE.name, { ...server(1), route: "/chat" })]: "500x60 10x40",
};

/** Of the pages as many: those that are left have their connection. */
const VANISHED = {
  [selector(COLLECTOR_SESSIONS_ENDED.name, { ...PAGES, how: "vanished" })]: "0x61 490x40",
};

/** What each question of the runbook is to see. */
export const WS_MASS_DISCONNECT_RUNBOOK_CASES: RunbookCases = {
  broken: {
    // Minutes ago, so that it lasts longer than the alert's own look back; those who are gone say nothing.
    "connections-missing": { ...AWAY, ...VANISHED },
    "connections-gone": AWAY,
    "restart-closes": closes("1012", "restart"),
    "lost-closes": closes("1006", "lost"),
    "chosen-closes": closes("1013", "overload"),
    "authentication-closes": closes("4401", "authentication_expired"),
  },
  brokenLog: { threads: LOST_LINES },
};
