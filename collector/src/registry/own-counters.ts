import {
  type BatchResult,
  COLLECTOR_BATCHES,
  COLLECTOR_LEFT_OUT,
  COLLECTOR_MEASUREMENTS,
  COLLECTOR_REFUSALS,
  type LeftOutReason,
  type Metric,
} from "@sockscope/catalog";
import type { RefusalCode } from "@sockscope/catalog/protocol";
import { familyCombinations } from "./family.ts";
import type { Increments, Registry } from "./registry.ts";

/** Requests that are refused before it is known whether they carry a batch. */
const WITHOUT_BATCH: ReadonlySet<RefusalCode> = new Set([
  "SOCKSCOPE_ERR_PATH",
  "SOCKSCOPE_ERR_METHOD",
  "SOCKSCOPE_ERR_HTTP",
  "SOCKSCOPE_ERR_BODY_TIMEOUT",
]);

/** The slots of one metric, by app and then by the value of its other label; "" where it has none. */
type SlotsByApp = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The collector's counters about requests. Their slots are looked up once, since every request counts. */
export class OwnCounters {
  readonly #registry: Registry;
  readonly #batches: SlotsByApp;
  readonly #measurements: SlotsByApp;
  readonly #refusals: SlotsByApp;
  readonly #leftOut: SlotsByApp;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#batches = slotsByApp(registry, COLLECTOR_BATCHES, "result");
    this.#measurements = slotsByApp(registry, COLLECTOR_MEASUREMENTS);
    this.#refusals = slotsByApp(registry, COLLECTOR_REFUSALS, "code");
    this.#leftOut = slotsByApp(registry, COLLECTOR_LEFT_OUT, "reason");
  }

  /**
   * What an accepted batch adds to these counters, to be applied together with what it reports.
   *
   * @param leftOut one reason for each line that this collector does not know
   */
  ofAccepted(app: string, measurements: number, leftOut: readonly LeftOutReason[]): Increments {
    const slots = [
      slotIn(this.#batches, app, "accepted" satisfies BatchResult),
      slotIn(this.#measurements, app),
    ];
    const amounts = [1, measurements];
    for (const reason of leftOut) {
      slots.push(slotIn(this.#leftOut, app, reason));
      amounts.push(1);
    }
    return { slots, amounts };
  }

  /** One more copy of a batch that was accepted before. */
  countDuplicate(app: string): void {
    this.#registry.add(slotIn(this.#batches, app, "duplicate" satisfies BatchResult), 1);
  }

  /**
   * One refused request, and the batch that it carried.
   *
   * @param app what it names; `other` when that is no configured app
   */
  countRefusal(app: string, code: RefusalCode): void {
    this.#registry.add(slotIn(this.#refusals, app, code), 1);
    if (WITHOUT_BATCH.has(code)) return;
    this.#registry.add(slotIn(this.#batches, app, "refused" satisfies BatchResult), 1);
  }
}

function slotsByApp(registry: Registry, metric: Metric, label = ""): SlotsByApp {
  const byApp = new Map<string, Map<string, number>>();
  for (const labels of familyCombinations(registry.family(metric))) {
    const app = labels["app"] ?? "";
    const slots = byApp.get(app) ?? new Map<string, number>();
    byApp.set(app, slots.set(labels[label] ?? "", registry.slotOf(metric, labels)));
  }
  return byApp;
}

function slotIn(slots: SlotsByApp, app: string, value = ""): number {
  const slot = slots.get(app)?.get(value);
  if (slot === undefined) throw new RangeError(`there is no slot for app "${app}" and "${value}"`);
  return slot;
}
