import type { Catalog } from "@sockscope/catalog";
import { absent, compare, up } from "@sockscope/promql";
import type { AlertRule } from "../alert-rule.ts";

/** When WsCollectorDown fires. */
export function wsCollectorDownRules(catalog: Catalog): readonly AlertRule[] {
  const collectors = up({ job: catalog.jobs.collectors });
  return [
    {
      name: "WsCollectorDown",
      summary: "A collector cannot be scraped: what its pages report is missing.",
      severity: "ticket",
      // One of several.
      expression: compare(collectors, "==", 0),
      holds: "5m",
    },
    {
      name: "WsCollectorDown",
      summary: "No collector can be scraped: nobody sees what browsers see.",
      severity: "page",
      // None left, or none discovered.
      expression: absent(compare(collectors, "==", 1)),
      holds: "5m",
    },
  ];
}
