import type { Catalog } from "@sockscope/catalog";
import { vector } from "@sockscope/promql";
import type { AlertRule } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** When Watchdog fires, and what it says. */
export function watchdogRules(catalog: Catalog): readonly AlertRule[] {
  return [
    {
      severity: "none",
      expression: vector(1),
      description: "Prometheus evaluates its rules and Alertmanager passes on what it is told.",
      panel: panelOf(catalog, "Alerts that fire"),
    },
  ];
}
