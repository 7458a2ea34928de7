import { MANUAL_REFRESHES_TARGET } from "@sockscope/catalog";
import { MANUAL_REFRESHES_SLI, missed } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** When WsManualReloads fires. */
export const WS_MANUAL_RELOADS_RULES: readonly AlertRule[] = [
  {
    name: "WsManualReloads",
    summary: "Users press reload because their chat does not come back.",
    severity: "ticket",
    expression: missed(MANUAL_REFRESHES_TARGET, MANUAL_REFRESHES_SLI.value),
  },
];
