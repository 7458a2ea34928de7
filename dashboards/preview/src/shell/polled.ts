import { useEffect, useState } from "react";
import { startPolling } from "./polling.ts";

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
export function usePolled<T>(ask: (signal: AbortSignal) => Promise<T>, everyMs: number): Polled<T> {
  const [polled, setPolled] = useState<Polled<T>>({});
  useEffect(
    () =>
      startPolling({
        ask,
        everyMs,
        onAnswer: (answer) => setPolled({ answer }),
        onFailure: (failure) => setPolled((last) => ({ ...last, failure })),
      }),
    [ask, everyMs],
  );
  return polled;
}
