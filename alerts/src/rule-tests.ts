import { stringify } from "yaml";
import { addressOf, type Links, panelUrlOfApp } from "./links.ts";
import { annotations, GENERATED_NOTICE, GROUP_ORDER } from "./rules.ts";
import type { Alert } from "./symptoms/alert.ts";
import type { Fired, FiringCase, SilentCase } from "./symptoms/alert-case.ts";
import { alertsOf, type Symptom } from "./symptoms/symptom.ts";

/** The rule that fired, which is known by its labels. Throws a RangeError for labels of none: a fault of the case's. */
function ruleOf(alerts: readonly Alert[], { labels }: Fired): Alert {
  const isOf = ({ severity, labels: own }: Alert): boolean =>
    Object.entries({ severity, ...own }).every(([label, value]) => labels[label] === value);
  const [rule, other] = alerts.filter(isOf);
  if (rule === undefined || other !== undefined)
    throw new RangeError(`${JSON.stringify(labels)} are not the labels of one rule`);
  return rule;
}

function expected(rule: Alert, { labels, description }: Fired, links: Links): object {
  return {
    exp_labels: labels,
    exp_annotations: {
      ...annotations(rule, links),
      description,
      dashboard_url: addressOf(panelUrlOfApp(rule, links), labels),
    },
  };
}

function ruleTest(symptom: Symptom, situation: SilentCase & Partial<FiringCase>, links: Links): object {
  const { title, series, interval = "1m", at, firing = [] } = situation;
  const { name } = symptom;
  const rules = alertsOf([symptom]);
  return {
    name: `${name} ${title}`,
    interval,
    input_series: Object.entries(series).map(([of, values]) => ({ series: of, values })),
    alert_rule_test: [
      {
        eval_time: at,
        alertname: name,
        exp_alerts: firing.map((fired) => expected(ruleOf(rules, fired), fired, links)),
      },
    ],
  };
}

/** The file for `promtool test rules`: every symptom's own cases. */
export function ruleTestFile(symptoms: readonly Symptom[], links: Links): string {
  const tests = symptoms.flatMap((symptom) =>
    [...symptom.cases.fires, ...symptom.cases.staysSilent].map((situation) =>
      ruleTest(symptom, situation, links),
    ),
  );
  const file = {
    rule_files: ["rules.yml"],
    evaluation_interval: "1m",
    group_eval_order: GROUP_ORDER,
    tests,
  };
  return GENERATED_NOTICE + stringify(file, { lineWidth: 0 });
}
