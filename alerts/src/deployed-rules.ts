import type { Catalog } from "@sockscope/catalog";
import { keepApart } from "@sockscope/promql";
import type { AlertRule } from "./symptoms/alert-rule.ts";

/** Rules as a deployment has them: without the alerts that it silenced, and true of each of its environments. */
export function deployedRules<Rule extends AlertRule>(
  rules: readonly Rule[],
  { silencedAlerts, environmentLabels }: Catalog,
): readonly Rule[] {
  return rules
    .filter(({ name }) => !silencedAlerts.includes(name))
    .map((rule) => ({ ...rule, expression: keepApart(rule.expression, environmentLabels) }));
}
