/** What is asked again and again, and who is told. */
export interface Polling<T> {
  /** @param signal aborts when nobody waits for the answer any more */
  readonly ask: (signal: AbortSignal) => Promise<T>;
  readonly everyMs: number;
  readonly onAnswer: (answer: T) => void;
  readonly onFailure: (why: string) => void;
}

/**
 * Asks at once and then again and again while the page is seen, never a second time while the first is not answered.
 *
 * @returns what ends it, and the question that is not yet answered
 */
export function startPolling<T>({ ask, everyMs, onAnswer, onFailure }: Polling<T>): () => void {
  const over = new AbortController();
  let isAsking = false;
  const once = async (): Promise<void> => {
    if (document.hidden || isAsking) return;
    isAsking = true;
    try {
      const answer = await ask(over.signal);
      if (!over.signal.aborted) onAnswer(answer);
    } catch (error) {
      if (!over.signal.aborted) onFailure(error instanceof Error ? error.message : String(error));
    } finally {
      isAsking = false;
    }
  };
  void once();
  const timer = setInterval(() => void once(), everyMs);
  return () => {
    clearInterval(timer);
    over.abort();
  };
}
