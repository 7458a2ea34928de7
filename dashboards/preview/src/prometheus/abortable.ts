import { Observable } from "rxjs";

/** An answer that is asked for once somebody subscribes, and no longer when nobody waits for it any more. */
export function abortable<T>(ask: (signal: AbortSignal) => Promise<T>): Observable<T> {
  return new Observable<T>((subscriber) => {
    const gone = new AbortController();
    ask(gone.signal).then(
      (answer) => {
        subscriber.next(answer);
        subscriber.complete();
      },
      (error: unknown) => subscriber.error(error),
    );
    return () => gone.abort();
  });
}
