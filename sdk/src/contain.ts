import type { Recorder } from "./record/recorder.ts";

/**
 * Keeps faults out of the page: the returned function never throws, it counts what `action` throws as lost telemetry, and
 * has it told.
 * Everything that the page or the browser calls goes through it.
 */
export function contain<Args extends readonly unknown[]>(
  recorder: Recorder,
  action: (...args: Args) => void,
): (...args: Args) => void {
  return (...args) => {
    try {
      action(...args);
    } catch (fault) {
      recorder.failed(fault);
    }
  };
}
