import { CLOSE_CODE_LABELS, type CloseCodeLabel } from "../close-code-label.ts";
import {
  CLIENT_FRAME_EVENTS,
  type ClientFrameEvent,
  SERVER_FRAME_EVENTS,
  type ServerFrameEvent,
} from "../frames.ts";
import type { EnumeratedLabel } from "../metric.ts";

/** A close code; codes that nobody registered share a value per range. */
export const CLOSE_CODE: EnumeratedLabel<CloseCodeLabel> = {
  kind: "enumerated",
  values: CLOSE_CODE_LABELS,
};

/** The domain of {@link ServerFrameEvent}. */
export const SERVER_FRAME_EVENT: EnumeratedLabel<ServerFrameEvent> = {
  kind: "enumerated",
  values: SERVER_FRAME_EVENTS,
};
/** The domain of {@link ClientFrameEvent}. */
export const CLIENT_FRAME_EVENT: EnumeratedLabel<ClientFrameEvent> = {
  kind: "enumerated",
  values: CLIENT_FRAME_EVENTS,
};
