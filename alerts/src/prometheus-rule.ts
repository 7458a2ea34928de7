import { stringify } from "yaml";
import { GENERATED_NOTICE, type RuleGroup } from "./rules.ts";

/**
 * The same rules as the Prometheus Operator takes them. It has no namespace, so that whoever applies it says which.
 *
 * See {@link https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule}.
 */
export function prometheusRuleManifest(groups: readonly RuleGroup[]): string {
  const manifest = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "sockscope", labels: { "app.kubernetes.io/name": "sockscope" } },
    spec: { groups },
  };
  return GENERATED_NOTICE + stringify(manifest, { lineWidth: 0 });
}
