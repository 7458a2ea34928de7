import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 100;

/**
 * Asks again and again until there is an answer.
 *
 * @param ask returns undefined, or throws, while there is none
 * @param options.timeoutMs after this the result is undefined
 * @param options.signal aborting rejects at once
 */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    signal?.throwIfAborted();
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    await delay(POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
  return undefined;
}
