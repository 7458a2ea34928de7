/**
 * Frames open with their `type` and, where they have one, their `event`, so a few bytes tell what a frame is without
 * parsing a body that can be long. A frame in another order is `other`. It ends where the frame can have no other name.
 * Its groups are the type, the end, and the event. Other languages read frames by this expression, too.
 */
export const FRAME_OPENING: RegExp =
  /^\s*{\s*"type"\s*:\s*"(\w+)"(\s*,\s*"event"\s*:\s*"(\w+)"|\s*,\s*"(?!event")[^"]{0,64}"|\s*})?/;

/** How a frame begins, and what it calls itself by that. */
export interface FrameOpening {
  /** Its `event`, else its `type`, else `other`. */
  readonly name: string;
  /** What was read for it: every frame that begins so has this name. Empty where a name is not certain by its beginning. */
  readonly text: string;
}

/** Reads how a frame begins. */
export function frameOpening(frame: string): FrameOpening {
  const [text = "", type = "other", end, name = type] = FRAME_OPENING.exec(frame) ?? [];
  return { name, text: end ? text : "" };
}

/**
 * What a frame calls itself: its `event`, else its `type`, else `other`. Whatever records it knows which names count.
 *
 * @param text the frame as it travels; anything but a string (a binary frame) is `other`
 */
export function frameEvent(text: unknown): string {
  return typeof text === "string" ? frameOpening(text).name : "other";
}
