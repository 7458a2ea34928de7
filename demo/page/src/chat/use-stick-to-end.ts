import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** So near to the end a reader is at the end, in px: fractions of a pixel and a finger's width are no wish to read on. */
const NEAR_PX = 48;

/** A list that follows its end for whoever is there, and leaves in peace whoever reads what was before. */
export interface EndOfList {
  /** Whether something came that the reader does not see. */
  readonly hasNews: boolean;
  /** Goes to the end, and follows it from now on. */
  readonly goToEnd: () => void;
}

/**
 * Keeps a scrolled element at its end, as long as the reader is there.
 *
 * @param scrolled whose only child is as high as its content
 * @param newestId of the newest item: another one is news
 * @param isOwn whether the newest item is the reader's own, who wants to see it wherever he was
 */
export function useStickToEnd(
  scrolled: RefObject<HTMLElement | null>,
  newestId: string | undefined,
  isOwn: boolean,
): EndOfList {
  const isAtEnd = useRef(true);
  const [hasNews, setHasNews] = useState(false);

  const goToEnd = useCallback(() => {
    const element = scrolled.current;
    if (element === null) return;
    isAtEnd.current = true;
    setHasNews(false);
    element.scrollTop = element.scrollHeight;
  }, [scrolled]);

  useEffect(() => {
    const element = scrolled.current;
    if (element === null) return;
    const looked = (): void => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      if (isAtEnd.current) setHasNews(false);
    };
    // Pieces of an answer, a keyboard on a phone and a wider window change heights, and no scroll event tells.
    const sizes = new ResizeObserver(() => isAtEnd.current && goToEnd());
    element.addEventListener("scroll", looked, { passive: true });
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
    return () => {
      element.removeEventListener("scroll", looked);
      sizes.disconnect();
    };
  }, [scrolled, goToEnd]);

  useLayoutEffect(() => {
    if (newestId === undefined) return;
    if (isOwn || isAtEnd.current) goToEnd();
    else setHasNews(true);
  }, [newestId, isOwn, goToEnd]);

  return { hasNews, goToEnd };
}
