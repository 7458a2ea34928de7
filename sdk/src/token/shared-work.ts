import { abortable } from "./abortable.ts";
import { SockscopeTokenError } from "./token-error.ts";
import type { TokenHost } from "./token-host.ts";

interface Flight<T> {
  readonly done: Promise<T>;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * Work that everybody shares who wants it while it is under way. It is aborted when nobody waits any more, and when it takes
 * too long.
 *
 * @param work gets what the first who wants it says
 * @returns wants the work; the signal ends only the wait of this caller
 */
export function shareWork<T>(
  host: Pick<TokenHost, "setTimeout" | "clearTimeout">,
  timeoutMs: number,
  work: (isForced: boolean, signal: AbortSignal) => Promise<T>,
): (isForced: boolean, signal: AbortSignal) => Promise<T> {
  let current: Flight<T> | undefined;

  function takeOff(isForced: boolean): Flight<T> {
    const abort = new AbortController();
    const { signal } = abort;
    const expire = (): void =>
      abort.abort(new SockscopeTokenError(`no answer within ${timeoutMs} ms; see the option timeoutMs`));
    const timer = host.setTimeout(expire, timeoutMs);
    const done = abortable(work(isForced, signal), signal).finally(() => host.clearTimeout(timer));
    return { done, abort, waiting: 0 };
  }

  return (isForced, signal) => {
    current ??= takeOff(isForced);
    const flight = current;
    flight.waiting++;
    return abortable(flight.done, signal).finally(() => {
      if (--flight.waiting > 0) return;
      if (current === flight) current = undefined;
      flight.abort.abort();
    });
  };
}
