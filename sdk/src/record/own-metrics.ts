import type { Counter, Histogram, LabelSet } from "@sockscope/catalog/runtime";
import { type Tell, tellUnknown } from "../problems.ts";
import type { Recorder } from "./recorder.ts";

/** Records metrics that the application declared, with what a page hands over unchecked. */
export interface OwnMetrics {
  count<L extends LabelSet>(counter: Counter<L>, labels: L, by?: number): void;
  record<L extends LabelSet>(histogram: Histogram<L>, value: number, labels: L): void;
}

/** Anything that a metric cannot have is counted as lost, so that nothing a page says can create a series. */
export function createOwnMetrics(recorder: Recorder, tell: Tell): OwnMetrics {
  /** The labels of a series that the metric has; a value that it does not know becomes `other` where there is that. */
  function known(
    { type, name, labels: domains }: Counter | Histogram,
    wanted: string,
    labels: LabelSet,
  ): LabelSet | undefined {
    if (type !== wanted || !/^(?!ws_client_)\w+$/.test(name))
      throw new TypeError(`what was to be recorded as a ${wanted} is none`);
    const result: Record<string, string> = {};
    for (const [label, domain] of Object.entries<unknown>(domains)) {
      const values = domain as readonly string[];
      const value = [labels[label] as string, "other"].find((candidate) => values.includes(candidate));
      if (value === undefined || value !== labels[label])
        tellUnknown(tell, `of ${name}, the ${label}`, labels[label]);
      if (value === undefined) return undefined;
      result[label] = value;
    }
    return result;
  }

  return {
    count: (counter, labels, by = 1) => {
      const good = known(counter, "counter", labels);
      if (!(Number.isSafeInteger(by) && by > 0)) recorder.lose("value");
      else if (good) recorder.count(counter, good, by);
      else recorder.lose("internal");
    },
    record: (histogram, value, labels) => {
      const good = known(histogram, "histogram", labels);
      if (good) recorder.observe(histogram, value, good);
      else recorder.lose("internal");
    },
  };
}
