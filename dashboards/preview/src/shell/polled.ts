import { useEffect, useState } from "react";

/** What was asked for last: an answer, or why there is none; both while an answer is older than a failure. */
export interface Polled<T> {
  readonly answer?: T;
  readonly failure?: string;
}

/**
 * Asks again and again while the page is seen.
 *
 * @param ask stays the same function from one rendering to the next
 */
export function usePolled<T>(ask: () => Promise<T>, everyMs: number): Polled<T> {
  const [polled, setPolled] = useState<Polled<T>>({});
  useEffect(() => {
    let isOver = false;
    const once = async (): Promise<void> => {
      if (document.hidden) return;
      const next = await ask().then(
        (answer): Polled<T> => ({ answer }),
        (error: unknown): Polled<T> => ({ failure: error instanceof Error ? error.message : String(error) }),
      );
      if (!isOver) setPolled((last) => ({ ...last, failure: undefined as never, ...next }));
    };
    void once();
    const timer = setInterval(() => void once(), everyMs);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [ask, everyMs]);
  return polled;
}
