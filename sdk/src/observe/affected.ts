import { AFFECTED_AGAIN_MS, AFFECTED_SESSIONS, type CloseCodeLabel } from "@sockscope/catalog/runtime";
import { contain } from "../contain.ts";
import type { Host } from "../host.ts";
import type { Recorder } from "../record/recorder.ts";

/**
 * Counts this session as affected by a close code, once in a while however often it is told: a page that loops is still
 * one user. So is one who reloads it, which is why the tab remembers.
 *
 * @param app whose sockets they are
 */
export function countAffected(recorder: Recorder, host: Host, app: string): (code: CloseCodeLabel) => void {
  const key = `sockscope:${app}:affected`;
  let againAt: Record<string, number> = {};
  contain(recorder, () => {
    againAt = JSON.parse(host.tabMemory()?.getItem(key) ?? "{}");
  })();
  return (code) => {
    const now = host.wallClock();
    // A clock that was set back must not silence it for long.
    const untilAgain = (againAt[code] ?? 0) - now;
    if (untilAgain > 0 && untilAgain <= AFFECTED_AGAIN_MS) return;
    againAt[code] = now + AFFECTED_AGAIN_MS;
    recorder.count(AFFECTED_SESSIONS, { code });
    contain(recorder, () => host.tabMemory()?.setItem(key, JSON.stringify(againAt)))();
  };
}
