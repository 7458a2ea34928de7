import { stringify } from "yaml";
import type { Alert, AlertTest } from "./alert.ts";
import { panelUrlOfApp } from "./links.ts";
import { annotations, GENERATED_NOTICE } from "./rules.ts";

function assertion(alert: Alert, test: AlertTest): object {
  return {
    eval_time: test.at,
    alertname: alert.name,
    exp_alerts: test.firing.map(({ labels, description }) => ({
      exp_labels: { severity: alert.severity, ...labels },
      exp_annotations: {
        ...annotations(alert),
        description,
        dashboard_url: panelUrlOfApp(alert).replace("{{ $labels.app }}", labels["app"] ?? ""),
      },
    })),
  };
}

/** The file for `promtool test rules`: every alert's own tests. */
export function ruleTestFile(alerts: readonly Alert[]): string {
  const tests = alerts.flatMap((alert) =>
    alert.tests.map((test) => ({
      name: `${alert.name} ${test.title}`,
      interval: "1m",
      input_series: Object.entries(test.series).map(([series, values]) => ({ series, values })),
      alert_rule_test: [assertion(alert, test)],
    })),
  );
  const file = { rule_files: ["rules.yml"], evaluation_interval: "1m", tests };
  return GENERATED_NOTICE + stringify(file, { lineWidth: 0 });
}
