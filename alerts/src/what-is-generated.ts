import {
  ALERT_THRESHOLDS,
  type AlertName,
  allTargets,
  type CatalogExtension,
  createCatalog,
  type Period,
  TARGETS,
  type Target,
  type Threshold,
} from "@sockscope/catalog";
import { dashboardFiles } from "@sockscope/dashboards";
import { rangeSeconds } from "@sockscope/promql";
import { BURNT_TARGETS, FASTEST_BURN_RATE, recordingGroups } from "@sockscope/slo";
import { EXAMPLE_LINKS } from "./links.ts";
import { ruleFile, ruleGroups } from "./rules.ts";
import { alertsOf } from "./symptoms/symptom.ts";
import { ALERTS, symptoms } from "./symptoms.ts";

/** Everything that the catalog's numbers can decide of what a deployment generates, as a text to compare. */
function generatedText(extension: CatalogExtension): string {
  const catalog = createCatalog({ hasReleases: true, ...extension });
  const told = symptoms(catalog);
  return [
    ...dashboardFiles(catalog).values(),
    ruleFile(ruleGroups(recordingGroups(catalog), alertsOf(told), EXAMPLE_LINKS)),
    JSON.stringify(told.map(({ runbook }) => runbook)),
  ].join("\n");
}

/** Whether another value of a setting changes a byte of what is generated. */
type HasEffect = (extension: CatalogExtension) => boolean;

function otherValue({ kind, value }: Pick<Threshold, "kind" | "value">): number {
  return kind === "share" ? (value + 1) / 2 : value + 1;
}

type Names = Readonly<Record<string, readonly string[]>>;

/** The alerts that have a rule, each with the numbers that are read. */
function alertSettings(hasEffect: HasEffect): Names {
  const alerts = Object.entries<Readonly<Record<string, Threshold>>>(ALERT_THRESHOLDS);
  const generated = alerts.filter(([name]) => hasEffect({ silencedAlerts: [name as AlertName] }));
  return Object.fromEntries(
    generated.map(([name, thresholds]) => {
      const read = Object.entries(thresholds).filter(([number, threshold]) =>
        hasEffect({ thresholds: { [name]: { [number]: otherValue(threshold) } } }),
      );
      return [name, read.map(([number]) => number)];
    }),
  );
}

/** The numbers of a target, each with another value that it may have. */
function otherNumbersOf({ objective, metrics: [histogram] }: Target): Readonly<Record<string, number>> {
  if (objective.kind === "count") return { count: objective.count + 1 };
  const share = otherValue({ kind: "share", value: objective.share });
  if (objective.kind === "share") return { share };
  const bounds = histogram !== undefined && "layout" in histogram ? histogram.layout.bounds : [];
  return { share, bound: bounds.find((bound) => bound !== objective.bound) ?? objective.bound };
}

/** The targets that something reads, each with the numbers that are read. */
function targetSettings(hasEffect: HasEffect): Names {
  const targets = allTargets(TARGETS).map((target) => {
    const read = Object.entries(otherNumbersOf(target)).filter(([number, other]) =>
      hasEffect({ targets: { [target.id]: { [number]: other } } }),
    );
    return [target.id, read.map(([number]) => number)] as const;
  });
  return Object.fromEntries(targets.filter(([, read]) => read.length > 0));
}

/** The labels that alerts have besides those of their series. */
function stampedLabels(): readonly string[] {
  const own = ALERTS.flatMap(({ labels }) => Object.keys(labels ?? {}));
  return [...new Set(["alertname", "severity", ...own])].sort();
}

/** The shortest range that a query looks back over. */
function shortestRangeSeconds(text: string): number {
  const ranges = [...text.matchAll(/\[(\d+[smhd])[\]:]/g)].map(([, range]) => range as Period);
  return Math.min(...ranges.map(rangeSeconds));
}

/** What is generated, as far as a configuration has to know it to refuse a setting that would have no effect or a bad one. */
export interface WhatIsGenerated {
  /** By alert that has a rule: those of its numbers that something reads. */
  readonly alertSettings: Names;
  /** By target that something reads: those of its numbers. */
  readonly targetSettings: Names;
  readonly stampedLabels: readonly string[];
  readonly shortestRangeSeconds: number;
  /** By target: a share that is not above it has a budget whose fastest burn would be more than everything. */
  readonly leastShares: Readonly<Record<string, number>>;
}

/** Found by trying what the generators write, so it holds for every alert and panel that is added to them. */
export function whatIsGenerated(): WhatIsGenerated {
  const text = generatedText({});
  const hasEffect: HasEffect = (extension) => generatedText(extension) !== text;
  return {
    alertSettings: alertSettings(hasEffect),
    targetSettings: targetSettings(hasEffect),
    stampedLabels: stampedLabels(),
    shortestRangeSeconds: shortestRangeSeconds(text),
    leastShares: Object.fromEntries(BURNT_TARGETS.map((id) => [id, 1 - 1 / FASTEST_BURN_RATE])),
  };
}

function constant(meaning: string, name: string, value: unknown): string {
  return `/** ${meaning} */\nexport const ${name} = ${JSON.stringify(value, null, 2)} as const;\n`;
}

/** config/src/generated/what-is-generated.ts: a configuration is read where no generator is installed. */
export function whatIsGeneratedFile(): string {
  const facts = whatIsGenerated();
  return [
    "// Generated by `npm run generate`. Change the source, not this file.\n",
    constant("Each alert that has a rule, with its numbers.", "ALERT_SETTINGS", facts.alertSettings),
    constant("Each target that something reads, with its numbers.", "TARGET_SETTINGS", facts.targetSettings),
    constant("Labels that alerts have besides those of their series.", "STAMPED_LABELS", facts.stampedLabels),
    constant(
      "The shortest range that a query looks back over.",
      "SHORTEST_RANGE_SECONDS",
      facts.shortestRangeSeconds,
    ),
    constant(
      "A target's share has to be above it, or the fastest burn of its budget were more than everything.",
      "LEAST_SHARES",
      facts.leastShares,
    ),
  ].join("\n");
}
