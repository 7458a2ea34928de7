import {
  BATCH_RESULT,
  type BatchResult,
  COLLECTOR_BATCHES,
  COLLECTOR_LEFT_OUT,
  COLLECTOR_REFUSALS,
  LEFT_OUT_REASON,
  type LeftOutReason,
  REFUSAL_CODE,
} from "@sockscope/catalog";
import type { RefusalCode } from "@sockscope/catalog/protocol";
import type { Registry } from "./registry.ts";

/** Requests that are refused before it is known whether they carry a batch. */
const WITHOUT_BATCH: ReadonlySet<RefusalCode> = new Set([
  "SOCKSCOPE_ERR_PATH",
  "SOCKSCOPE_ERR_METHOD",
  "SOCKSCOPE_ERR_HTTP",
  "SOCKSCOPE_ERR_BODY_TIMEOUT",
]);

/** The collector's counters about itself. Their slots are looked up once, since every request counts. */
export class OwnCounters {
  readonly #registry: Registry;
  readonly #batches: ReadonlyMap<BatchResult, number>;
  readonly #refusals: ReadonlyMap<RefusalCode, number>;
  readonly #leftOut: ReadonlyMap<LeftOutReason, number>;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#batches = new Map(
      BATCH_RESULT.values.map((result) => [result, registry.slotOf(COLLECTOR_BATCHES, { result })]),
    );
    this.#refusals = new Map(
      REFUSAL_CODE.values.map((code) => [code, registry.slotOf(COLLECTOR_REFUSALS, { code })]),
    );
    this.#leftOut = new Map(
      LEFT_OUT_REASON.values.map((reason) => [reason, registry.slotOf(COLLECTOR_LEFT_OUT, { reason })]),
    );
  }

  /** One batch, by what became of it. */
  countBatch(result: BatchResult): void {
    this.#count(this.#batches.get(result));
  }

  /** One refused request, and the batch that it carried. */
  countRefusal(code: RefusalCode): void {
    this.#count(this.#refusals.get(code));
    if (!WITHOUT_BATCH.has(code)) this.countBatch("refused");
  }

  /** One entry that this collector does not know. */
  countLeftOut(reason: LeftOutReason): void {
    this.#count(this.#leftOut.get(reason));
  }

  #count(slot: number | undefined): void {
    if (slot !== undefined) this.#registry.add(slot, 1);
  }
}
