import { AFFECTED_AGAIN_MS, AFFECTED_SESSIONS, type CloseCodeLabel } from "@sockscope/catalog/runtime";
import type { Environment } from "../environment.ts";
import type { Recorder } from "../record/recorder.ts";
import type { Vocabulary } from "../vocabulary.ts";

/**
 * Counts this session as affected by a close code, once in a while however often it is told: a page that loops is still
 * one user.
 */
export function countAffected(
  recorder: Recorder,
  environment: Environment,
  { consequenceOf }: Vocabulary,
): (code: CloseCodeLabel) => void {
  const againAt = new Map<CloseCodeLabel, number>();
  return (code) => {
    if (consequenceOf(code) === "nothing" || environment.now() < (againAt.get(code) ?? -Infinity)) return;
    againAt.set(code, environment.now() + AFFECTED_AGAIN_MS);
    recorder.increment(AFFECTED_SESSIONS, { code });
  };
}
