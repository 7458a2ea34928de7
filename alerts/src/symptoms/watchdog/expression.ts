import { vector } from "@sockscope/promql";
import type { AlertRule } from "../alert-rule.ts";

/** When Watchdog fires. */
export const WATCHDOG_RULES: readonly AlertRule[] = [
  {
    name: "Watchdog",
    summary: "Fires always: whoever waits for it learns from its silence that nobody is told of anything.",
    severity: "none",
    expression: vector(1),
  },
];
