import type { Counter, LabelSet } from "@sockscope/catalog";
import { type KnownValues, labelCheck } from "./label-domain.ts";
import type { Sample } from "./samples.ts";

/** The labels of a measurement: of any value, since one that the catalog does not have becomes `other`. */
export type Labels<L extends LabelSet> = Readonly<Record<keyof L, string>>;

/** One series of a counter. Whoever counts often keeps it, and adds to `value`. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  value: number;
}

/** A counter of the catalog, alive: its series are made when they are first asked for, and only within its label domains. */
export class LiveCounter<L extends LabelSet> {
  readonly #check: ReturnType<typeof labelCheck<L>>;
  readonly #app: string;
  readonly #series = new Map<string, Series>();

  /**
   * @param metric as the catalog in force has it
   * @param app the value of the label `app`
   * @param known what labels without a list of their own keep by name
   */
  constructor(metric: Counter<L>, app: string, known: KnownValues = {}) {
    this.#check = labelCheck(metric, known);
    this.#app = app;
  }

  /** The series of these labels, made at zero when it is new; undefined when the metric refuses them. */
  series(labels: Labels<L>): Series | undefined {
    const checked = this.#check(labels);
    if (checked === undefined) return undefined;
    const key = JSON.stringify(checked);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const created = { labels: { app: this.#app, ...checked }, value: 0 };
    this.#series.set(key, created);
    return created;
  }

  /** Counts one event. */
  count(labels: Labels<L>): void {
    const series = this.series(labels);
    if (series !== undefined) series.value += 1;
  }

  samples(): Sample[] {
    return Array.from(this.#series.values(), ({ labels, value }) => ({ labels, value }));
  }
}
