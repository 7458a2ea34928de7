import type { Counter } from "@sockscope/catalog/runtime";
import { MAX_UNKNOWN, type Tell, tellUnknown, UNKNOWN } from "../problems.ts";
import { createFrameReader } from "./frame-reader.ts";
import type { Recorder, Slot } from "./recorder.ts";

interface CountedEvent {
  readonly event: string;
  readonly slot: Slot;
}

/**
 * Counts a frame.
 *
 * @param nameOf what the application calls it. Default: what the frame calls itself
 * @returns the event as which it is counted
 */
export type CountFrame = (frame: unknown, nameOf?: (frame: unknown) => string) => string;

/**
 * Counts frames one way by event, each in a slot that is fixed from the start.
 *
 * @param events that the catalog has, `other` among them
 * @param own that `start` was told
 */
export function createFrameCounter(
  recorder: Recorder,
  counter: Counter<{ event: string }>,
  events: readonly string[],
  own: readonly string[],
  tell: Tell,
): CountFrame {
  const counted = new Map<string, CountedEvent>();
  const unknown = new Set<string>();
  for (const event of [...events, ...own])
    counted.set(event, { event, slot: recorder.slot(counter, { event }) });

  function eventOf(name: string): CountedEvent {
    const known = counted.get(name);
    if (!known && !unknown.has(name) && unknown.size < MAX_UNKNOWN) {
      unknown.add(name);
      tellUnknown(tell, "the frame", name);
    }
    return known ?? (counted.get("other") as CountedEvent);
  }

  const eventOfFrame = createFrameReader(eventOf, () =>
    tell(UNKNOWN, "a frame does not open with its type; receivedEvent and sentEvent can name it"),
  );
  return (frame, nameOf) => {
    const { event, slot } = nameOf ? eventOf(nameOf(frame)) : eventOfFrame(frame);
    recorder.add(slot);
    return event;
  };
}
