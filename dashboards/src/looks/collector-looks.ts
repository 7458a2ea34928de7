import type { BatchResult, LeftOutReason, SessionEnd, TelemetryLoss } from "@sockscope/catalog";
import type { RefusalCode } from "@sockscope/catalog/protocol";
import { coloured, type SeriesLook } from "./series-look.ts";

/** Colour of what became of a batch, wherever a panel shows it by `{{result}}`. */
export const BATCH_LOOKS: readonly SeriesLook[] = coloured<BatchResult>({
  accepted: "green",
  duplicate: "blue",
  refused: "red",
});

/** Colour of where the SDK dropped something, wherever a panel shows it by `{{where}}`: only `withheld` is wanted. */
export const TELEMETRY_LOSS_LOOKS: readonly SeriesLook[] = coloured<TelemetryLoss>({
  withheld: "green",
  expired: "yellow",
  queue: "orange",
  value: "purple",
  refused: "red",
  internal: "dark-red",
});

/** Colour of what a collector does not know, wherever a panel shows it by `{{reason}}`. */
export const LEFT_OUT_LOOKS: readonly SeriesLook[] = coloured<LeftOutReason>({
  unknown_metric: "yellow",
  unknown_label: "light-orange",
  unknown_label_value: "orange",
  unknown_layout: "dark-orange",
  impossible_labels: "red",
});

/** Colour of how a session ended, and of its beginning, wherever a panel shows it by `{{how}}`. */
export const SESSION_LOOKS: readonly SeriesLook[] = coloured<SessionEnd | "started">({
  started: "blue",
  left: "green",
  vanished: "orange",
});

/**
 * Colour of why a request was refused, wherever a panel shows it by `{{code}}`: green is scanners, blue comes again or was too
 * late, yellow to orange are pages that say something wrong, purple does not fit the configuration, red is the collector's own
 * doing.
 */
export const REFUSAL_LOOKS: readonly SeriesLook[] = coloured<RefusalCode>({
  SOCKSCOPE_ERR_PATH: "green",
  SOCKSCOPE_ERR_METHOD: "light-green",
  SOCKSCOPE_ERR_HTTP: "dark-green",
  SOCKSCOPE_ERR_TOO_OLD: "dark-blue",
  SOCKSCOPE_ERR_BODY_TIMEOUT: "blue",
  SOCKSCOPE_ERR_DRAINING: "light-blue",
  SOCKSCOPE_ERR_CONTENT_ENCODING: "light-yellow",
  SOCKSCOPE_ERR_CONTENT_TYPE: "yellow",
  SOCKSCOPE_ERR_BODY_TOO_LARGE: "dark-yellow",
  SOCKSCOPE_ERR_TEXT: "light-orange",
  SOCKSCOPE_ERR_BATCH: "orange",
  SOCKSCOPE_ERR_VERSION: "dark-orange",
  SOCKSCOPE_ERR_APP: "light-purple",
  SOCKSCOPE_ERR_KEY: "purple",
  SOCKSCOPE_ERR_ORIGIN: "dark-purple",
  SOCKSCOPE_ERR_SESSIONS_FULL: "red",
  SOCKSCOPE_ERR_INTERNAL: "dark-red",
});
