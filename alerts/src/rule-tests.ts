import { stringify } from "yaml";
import { type Links, panelUrlOfApp } from "./links.ts";
import { annotations, GENERATED_NOTICE, GROUP_ORDER } from "./rules.ts";
import type { Alert } from "./symptoms/alert.ts";
import type { FiringCase, SilentCase } from "./symptoms/alert-case.ts";
import type { Symptom } from "./symptoms/symptom.ts";

function expected(alert: Alert, { firing }: Pick<FiringCase, "firing">, links: Links): object[] {
  return firing.map(({ labels, description }) => ({
    exp_labels: { severity: alert.severity, ...alert.labels, ...labels },
    exp_annotations: {
      ...annotations(alert, links),
      description,
      dashboard_url: panelUrlOfApp(alert, links).replaceAll(
        /\{\{ \$labels\.(\w+) \}\}/g,
        (_template, label: string) => labels[label] ?? "",
      ),
    },
  }));
}

function ruleTest(alert: Alert, situation: SilentCase & Partial<FiringCase>, links: Links): object {
  const { title, series, at, firing = [] } = situation;
  return {
    name: `${alert.name} ${title}`,
    interval: "1m",
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: [
      { eval_time: at, alertname: alert.name, exp_alerts: expected(alert, { firing }, links) },
    ],
  };
}

/** The file for `promtool test rules`: every symptom's own cases. */
export function ruleTestFile(symptoms: readonly Symptom[], links: Links): string {
  const tests = symptoms.flatMap(({ alert, cases }) =>
    [...cases.fires, ...cases.staysSilent].map((situation) => ruleTest(alert, situation, links)),
  );
  const file = {
    rule_files: ["rules.yml"],
    evaluation_interval: "1m",
    group_eval_order: GROUP_ORDER,
    tests,
  };
  return GENERATED_NOTICE + stringify(file, { lineWidth: 0 });
}
