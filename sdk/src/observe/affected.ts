import {
  AFFECTED_AGAIN_MS,
  AFFECTED_SESSIONS,
  type CloseCodeLabel,
  closeCodeLabel,
  closeConsequence,
} from "@sockscope/catalog/runtime";
import type { Recorder } from "../record/recorder.ts";

/**
 * Counts this session as affected by a close code, once in a while however often it is told: a page that loops is still
 * one user.
 *
 * @param now a clock that never jumps, in ms
 */
export function countAffected(recorder: Recorder, now: () => number): (code: number) => void {
  const countedAt = new Map<CloseCodeLabel, number>();
  return (code) => {
    const label = closeCodeLabel(code);
    const again = (countedAt.get(label) ?? -Infinity) + AFFECTED_AGAIN_MS;
    if (closeConsequence(label) === "nothing" || now() < again) return;
    countedAt.set(label, now());
    recorder.increment(AFFECTED_SESSIONS, { code: label });
  };
}
