import { contain } from "../contain.ts";
import type { Host, LifecycleEvent } from "../host.ts";
import type { Recorder } from "../record/recorder.ts";

/** What the parts do as the page lives. */
export interface PageLife {
  /** The page runs again if it was frozen, so its clock does. */
  thaw(): void;
  conditionsChanged(): void;
  /** Nobody sees the page any more, and it may be killed. */
  hide(): void;
  /** The page goes away, perhaps for ever. */
  leave(): void;
  /** The page is there again, or seen again, or has a network again. */
  comeBack(): void;
}

/** After these the page may not run; what else happens, happens to a page that does. */
const GOES_AWAY: readonly LifecycleEvent[] = ["pagehide", "freeze", "hidden", "offline"];

/**
 * Tells the parts how the page lives: that it leaves, once, and that it is back.
 *
 * @returns tells no more
 */
export function followPage(host: Host, recorder: Recorder, parts: PageLife): () => void {
  let isAway = false;
  let unsubscribe = (): void => {};
  contain(recorder, () => {
    unsubscribe = host.subscribe((event) => {
      // A step must not keep the others from being taken.
      if (!GOES_AWAY.includes(event)) contain(recorder, parts.thaw)();
      contain(recorder, parts.conditionsChanged)();
      if (event === "pagehide" || event === "freeze") {
        if (!isAway) contain(recorder, parts.leave)();
        isAway = true;
        // A page that leaves is hidden just after its `pagehide`; everything is on its way by then.
      } else if (event === "hidden" || event === "offline") {
        if (event === "hidden" && !isAway) contain(recorder, parts.hide)();
      } else {
        isAway = false;
        contain(recorder, parts.comeBack)();
      }
    });
  })();
  return () => unsubscribe();
}
