import type { EnumeratedLabel } from "../metric.ts";
import { REFUSALS, type RefusalCode } from "../refusals.ts";

/** What became of a request that carried a batch. */
export type BatchResult = "accepted" | "duplicate" | "refused";
/** The domain of {@link BatchResult}. */
export const BATCH_RESULT: EnumeratedLabel<BatchResult> = {
  kind: "enumerated",
  values: ["accepted", "duplicate", "refused"],
};

/** What a collector did not know in a batch that it accepted. */
export type LeftOutReason = "unknown_metric" | "unknown_label" | "unknown_label_value" | "unknown_layout";
/** The domain of {@link LeftOutReason}. */
export const LEFT_OUT_REASON: EnumeratedLabel<LeftOutReason> = {
  kind: "enumerated",
  values: ["unknown_metric", "unknown_label", "unknown_label_value", "unknown_layout"],
};

/** Why the collector refused a request. */
export const REFUSAL_CODE: EnumeratedLabel<RefusalCode> = {
  kind: "enumerated",
  values: Object.keys(REFUSALS) as RefusalCode[],
};
