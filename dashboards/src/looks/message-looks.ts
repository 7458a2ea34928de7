import type { FrameRefusal, LatencyExclusion, SendError } from "@sockscope/catalog";
import { coloured, type SeriesLook } from "./series-look.ts";

/** Colour of why a latency is not believed, and of those that are, wherever a panel shows it by `{{reason}}`. */
export const LATENCY_LOOKS: readonly SeriesLook[] = coloured<LatencyExclusion | "believed">({
  believed: "green",
  offset: "orange",
  hidden: "blue",
  asleep: "light-blue",
  negative: "red",
});

/** Colour of why a message was not handed to its socket, wherever a panel shows it by `{{reason}}`. */
export const SEND_ERROR_LOOKS: readonly SeriesLook[] = coloured<SendError>({
  closed: "green",
  backpressure: "orange",
  serialization: "red",
  other: "gray",
});

/** Colour of why the chat answered a frame with an error, wherever a panel shows it by `{{reason}}`. */
export const FRAME_REFUSAL_LOOKS: readonly SeriesLook[] = coloured<FrameRefusal>({
  invalid: "red",
  too_many: "orange",
  forbidden: "purple",
  other: "gray",
});
