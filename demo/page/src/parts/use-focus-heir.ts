import { type RefObject, useLayoutEffect } from "react";

/**
 * Has another element inherit the focus of one that goes away with its component. Without an heir it falls to the body.
 *
 * @param heirId of an element that takes focus and stays
 */
export function useFocusHeir(leaving: RefObject<HTMLElement | null>, heirId: string): void {
  useLayoutEffect(() => {
    const element = leaving.current;
    return () => {
      // React takes the element out after this, so that it still has the focus.
      if (element?.contains(document.activeElement))
        document.getElementById(heirId)?.focus({ preventScroll: true });
    };
  }, [leaving, heirId]);
}
