import { AFFECTED_AGAIN_MS, AFFECTED_SESSIONS, type CloseCodeLabel } from "@sockscope/catalog/runtime";
import type { Host } from "../host.ts";
import type { TabMemory } from "../page/tab-memory.ts";
import type { Recorder } from "../record/recorder.ts";

/**
 * Counts this session as affected by a close code, once in a while however often it is told: a page that loops is still
 * one user. So is one who reloads it, which is why the tab remembers.
 */
export function countAffected(
  recorder: Recorder,
  host: Host,
  memory: TabMemory,
): (code: CloseCodeLabel) => void {
  let againAt: Record<string, unknown> = {};
  return (code) => {
    const now = host.wallClock();
    // Asked each time: it may not be allowed to from the start.
    againAt = { ...remembered(memory), ...againAt };
    // A clock that was set back must not silence it for long.
    const untilAgain = Number(againAt[code] ?? 0) - now;
    if (untilAgain > 0 && untilAgain <= AFFECTED_AGAIN_MS) return;
    againAt[code] = now + AFFECTED_AGAIN_MS;
    recorder.count(AFFECTED_SESSIONS, { code });
    memory.remember("affected", JSON.stringify(againAt));
  };
}

/** When each code counts again; the page may have put anything there. */
function remembered(memory: TabMemory): Record<string, unknown> {
  try {
    return { ...JSON.parse(memory.recall("affected") ?? "{}") };
  } catch {
    return {};
  }
}
