import type { ConfiguredLabel } from "../metric.ts";
import { REFUSALS, type RefusalCode } from "../refusals.ts";

/** An app of the collector's configuration. */
export const APP: ConfiguredLabel = { kind: "configured" };

/** The same, of a request: `other` when it names no configured app. No app can have that name. */
export const REQUESTED_APP: ConfiguredLabel & { readonly other: "other" } = {
  kind: "configured",
  other: "other",
};

/**
 * Where releases are configured: the release of a page, as far as it was announced and is one of the newest; every other is
 * `other`.
 */
export const RELEASE: ConfiguredLabel & { readonly other: "other" } = { kind: "configured", other: "other" };

/** What became of a request that carried a batch. */
export const BATCH_RESULT = ["accepted", "duplicate", "refused"] as const;
/** A value of {@link BATCH_RESULT}. */
export type BatchResult = (typeof BATCH_RESULT)[number];

/** What a collector did not know in a batch that it accepted. `impossible_labels`: a combination that the catalog rules out. */
export const LEFT_OUT_REASON = [
  "unknown_metric",
  "unknown_label",
  "unknown_label_value",
  "unknown_layout",
  "impossible_labels",
] as const;
/** A value of {@link LEFT_OUT_REASON}. */
export type LeftOutReason = (typeof LEFT_OUT_REASON)[number];

/** How a session ended: its page said that it `left`, or it `vanished`: nothing came any more. */
export const SESSION_END = ["left", "vanished"] as const;
/** A value of {@link SESSION_END}. */
export type SessionEnd = (typeof SESSION_END)[number];

/** Why the collector refused a request. */
export const REFUSAL_CODE: readonly RefusalCode[] = Object.keys(REFUSALS) as RefusalCode[];
