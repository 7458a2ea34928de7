import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { InputSeries } from "./series.test-support.ts";

/** Made-up series, and which alerts are to fire on them at a moment; in promtool's notation. */
export interface AlertScenario {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly InputSeries[];
  readonly alert_rule_test: readonly {
    readonly alertname: string;
    readonly eval_time: string;
    readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[];
  }[];
}

/** The scenarios of a file in `e2e/scenarios/`. */
export function readScenarios<S>(file: string): readonly S[] {
  const path = fileURLToPath(new URL(`../scenarios/${file}`, import.meta.url));
  return parse(readFileSync(path, "utf8")) as S[];
}
