import { vector } from "@sockscope/promql";
import type { AlertRule } from "../alert-rule.ts";

/** Fires always: whoever waits for it learns from its silence that nobody is told of anything. */
export const WATCHDOG_RULES: readonly AlertRule[] = [
  { name: "Watchdog", severity: "none", expression: vector(1) },
];
