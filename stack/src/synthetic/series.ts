import {
  type BucketLayout,
  type Catalog,
  type DocumentedMetric,
  exposedMetrics,
  type LabelSet,
  labelCombinations,
  type Metric,
  SERVER_CLOSES,
} from "@sockscope/catalog";
import type { Exposer } from "./fleet.ts";
import { amountOf, weightOf } from "./traffic.ts";

/** A series, and its value at a moment; undefined where it is not there. Moments are in seconds since 1970. */
export interface SyntheticSeries {
  readonly name: string;
  readonly labels: LabelSet;
  /** When its scrapes are, after those of a fleet without a phase: no two targets are scraped at once. */
  readonly phase: number;
  at(moment: number): number | undefined;
}

/** What happens to a fleet. */
export interface Happening {
  readonly catalog: Catalog;
  readonly fleet: readonly Exposer[];
  /** When counters began that began long ago. */
  readonly since: number;
  /** Which of the label combinations that a metric can have are there. Default: all of them, which is the worst case. */
  readonly occurs?: (metric: Metric, labels: LabelSet) => boolean;
  /** Announced ones. Default: none. */
  readonly releases?: readonly string[];
  /** Whether counters move. Default: yes. */
  readonly moves?: boolean;
  /** Whether anybody is there: otherwise every gauge is zero. Default: yes. */
  readonly isAnybodyThere?: boolean;
}

/** A counter that began long ago is not near zero, where `rate()` takes care not to extrapolate below it. */
const COUNTED_BEFORE = 1_000_000;

type Course = (amount: number, moment: number) => number | undefined;

function isThere({ from, until }: Exposer, moment: number): boolean {
  return (from === undefined || moment >= from) && (until === undefined || moment < until);
}

function counted(exposer: Exposer, { since, moves = true }: Happening): Course {
  return (amount, moment) => {
    if (!isThere(exposer, moment)) return undefined;
    const { from, restartsAt } = exposer;
    const begun = restartsAt !== undefined && moment >= restartsAt ? restartsAt : from;
    const happened = moves ? amount * (moment - (begun ?? since)) : 0;
    return begun === undefined ? amount * COUNTED_BEFORE + happened : happened;
  };
}

function measured(exposer: Exposer, { isAnybodyThere = true }: Happening): Course {
  return (amount, moment) => (isThere(exposer, moment) ? (isAnybodyThere ? amount : 0) : undefined);
}

/** The share of observations at or below each bound: as many in each bucket. */
function shares({ bounds }: BucketLayout): { le: string; share: number }[] {
  const buckets = bounds.length + 1;
  return [...bounds.map(String), "+Inf"].map((le, index) => ({ le, share: (index + 1) / buckets }));
}

/** What an observation is on average. */
function mean({ bounds }: BucketLayout): number {
  const observed = [...bounds, bounds.at(-1) ?? 0].map(
    (bound, index) => (bound + (bounds[index - 1] ?? 0)) / 2,
  );
  return observed.reduce((sum, value) => sum + value, 0) / observed.length;
}

interface Part {
  readonly suffix: string;
  readonly labels: LabelSet;
  /** Of the metric's amount. */
  readonly share: number;
}

function partsOf(metric: Metric): Part[] {
  if (!("layout" in metric)) return [{ suffix: "", labels: {}, share: 1 }];
  const [count, sum] = metric.type === "histogram" ? ["_count", "_sum"] : ["_gcount", "_gsum"];
  return [
    ...shares(metric.layout).map(({ le, share }) => ({ suffix: "_bucket", labels: { le }, share })),
    { suffix: count, labels: {}, share: 1 },
    { suffix: sum, labels: {}, share: mean(metric.layout) },
  ];
}

/** Each combination with its part of what happens to its app. */
function weighed(combinations: readonly LabelSet[]): { labels: LabelSet; share: number }[] {
  const totals = new Map<string | undefined, number>();
  for (const labels of combinations)
    totals.set(labels["app"], (totals.get(labels["app"]) ?? 0) + weightOf(labels));
  return combinations.map((labels) => ({
    labels,
    share: weightOf(labels) / (totals.get(labels["app"]) ?? 1),
  }));
}

/** Combinations of labels that occur: a server that closes for a reason of its own does it with that reason's code. */
function occurring(
  documented: DocumentedMetric,
  exposer: Exposer,
  happening: Happening,
): readonly LabelSet[] {
  const { releases = [], occurs = () => true } = happening;
  const { closeReasons, closeCodeLabel } = happening.catalog;
  const configured = { app: exposer.apps, release: releases };
  const combinations = labelCombinations(documented, { configured }).filter((labels) =>
    occurs(documented.metric, labels),
  );
  if (documented.metric.name !== SERVER_CLOSES.name) return combinations;
  return combinations.filter(({ code, reason = "" }) => {
    const own = closeReasons[reason];
    return own === undefined || closeCodeLabel(own) === code;
  });
}

function seriesOfMetric(
  documented: DocumentedMetric,
  exposer: Exposer,
  happening: Happening,
  phase: number,
): SyntheticSeries[] {
  const { metric } = documented;
  const { catalog } = happening;
  const isCounting = metric.type === "counter" || metric.type === "histogram";
  const course = (isCounting ? counted : measured)(exposer, happening);
  const stamped =
    exposer.kind === "server" && metric.stamped?.includes("app") ? { app: exposer.apps[0] ?? "" } : {};
  const target = {
    job: catalog.jobs[exposer.kind === "server" ? "servers" : "collectors"],
    instance: exposer.instance,
  };
  return weighed(occurring(documented, exposer, happening)).flatMap(({ labels, share }) =>
    partsOf(metric).map((part) => {
      const amount = amountOf(metric) * share * part.share * exposer.share;
      return {
        name: `${metric.name}${part.suffix}`,
        labels: { ...labels, ...part.labels, ...stamped, ...target, ...exposer.environment },
        phase,
        at: (moment: number) => course(amount, moment),
      };
    }),
  );
}

/** Every series that a fleet exposes, with each combination of labels that can occur, and `up` of each target. */
export function seriesOf(happening: Happening): readonly SyntheticSeries[] {
  const { catalog, fleet } = happening;
  const ofServers = catalog.serverMetrics.filter(({ declaredOnly }) => declaredOnly !== true);
  return fleet.flatMap((exposer, index) => {
    const phase = (index * 7.3) % 13;
    const isServer = exposer.kind === "server";
    const job = isServer ? catalog.jobs.servers : catalog.jobs.collectors;
    const metrics = isServer ? ofServers : exposedMetrics(catalog);
    return [
      {
        name: "up",
        labels: { job, instance: exposer.instance, ...exposer.environment },
        phase,
        at: (moment: number) => (isThere(exposer, moment) ? 1 : undefined),
      },
      ...metrics.flatMap((metric) => seriesOfMetric(metric, exposer, happening, phase)),
    ];
  });
}
