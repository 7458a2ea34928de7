import {
  type Catalog,
  type Metric,
  SERVER_CLOSES,
  SERVER_CONNECTIONS_ACTIVE,
  THREAD_ID,
} from "@sockscope/catalog";
import { LOST } from "../connection/close-cause.ts";
import { busiestThreads } from "../metrics/busiest-threads.ts";
import { type Sample, sampleKey } from "../metrics/samples.ts";
import type { Samples } from "./messages.ts";

/** Sums over workers: of those that are there, and of what others counted before they died. */
export class ClusterSum {
  readonly #app: string;
  readonly #metrics: readonly Metric[];
  /** The newest of each living worker, by its id. */
  readonly #living = new Map<number, Samples>();
  /** What only grows, of workers that are gone, by metric. */
  readonly #departed = new Map<string, Map<string, Sample>>();

  constructor(app: string, { serverMetrics }: Catalog) {
    this.#app = app;
    this.#metrics = serverMetrics.map(({ metric }) => metric);
  }

  /** A worker says what it has. */
  report(worker: number, samples: Samples): void {
    this.#living.set(worker, samples);
  }

  /** A worker is gone: its counts stay, and the connections that it had open ended without a close frame. */
  bury(worker: number): void {
    const samples = this.#living.get(worker);
    if (samples === undefined) return;
    this.#living.delete(worker);
    for (const { name } of this.#metrics.filter(onlyGrows))
      addAll(this.#departedOf(name), samples[name] ?? []);
    const cut = (samples[SERVER_CONNECTIONS_ACTIVE.name] ?? []).reduce((sum, { value }) => sum + value, 0);
    addAll(this.#departedOf(SERVER_CLOSES.name), [
      { labels: { app: this.#app, code: String(LOST.code), reason: LOST.reason }, value: cut },
    ]);
  }

  /** Every metric's lines, by its name. */
  samples(): Samples {
    return Object.fromEntries(this.#metrics.map((metric) => [metric.name, this.#sumOf(metric)]));
  }

  #sumOf(metric: Metric): readonly Sample[] {
    const sums = new Map(onlyGrows(metric) ? this.#departed.get(metric.name) : []);
    for (const samples of this.#living.values()) addAll(sums, samples[metric.name] ?? []);
    return metric.name === SERVER_CONNECTIONS_ACTIVE.name
      ? withFewThreads([...sums.values()])
      : [...sums.values()];
  }

  #departedOf(name: string): Map<string, Sample> {
    const known = this.#departed.get(name) ?? new Map<string, Sample>();
    this.#departed.set(name, known);
    return known;
  }
}

function onlyGrows({ type }: Metric): boolean {
  return type === "counter" || type === "histogram";
}

function addAll(sums: Map<string, Sample>, samples: readonly Sample[]): void {
  for (const sample of samples) {
    const key = sampleKey(sample);
    sums.set(key, { ...sample, value: (sums.get(key)?.value ?? 0) + sample.value });
  }
}

/** Each worker names its own busiest threads; together they would be more than the catalog allows. */
function withFewThreads(samples: readonly Sample[]): readonly Sample[] {
  if (samples.every(({ labels }) => labels["thread_id"] === undefined)) return samples;
  const app = samples[0]?.labels["app"] ?? "";
  const all = samples.map(({ labels, value }) => ({
    route: labels["route"] ?? "",
    threadId: labels["thread_id"] === THREAD_ID.other ? undefined : labels["thread_id"],
    connections: value,
  }));
  return busiestThreads(all).map(({ route, threadId, connections }) => ({
    labels: { app, route, thread_id: threadId ?? THREAD_ID.other },
    value: connections,
  }));
}
