const MINUTE_MS = 60_000;

/** How many threads each user has begun in the minute that is his: connections and thread ids cost nothing, threads do. */
export class NewThreads {
  readonly #mostPerMinute: number;
  readonly #now: () => number;
  /** In the order in which the minutes began. */
  readonly #minutes = new Map<string, { readonly sinceMs: number; begun: number }>();

  /** @param now a clock in ms */
  constructor(mostPerMinute: number, now: () => number) {
    this.#mostPerMinute = mostPerMinute;
    this.#now = now;
  }

  /** Whether this user may begin another thread now. */
  mayBegin(user: string): boolean {
    this.#forgetOver();
    return (this.#minutes.get(user)?.begun ?? 0) < this.#mostPerMinute;
  }

  /** This user has begun one. */
  begun(user: string): void {
    const minute = this.#minutes.get(user) ?? { sinceMs: this.#now(), begun: 0 };
    minute.begun += 1;
    this.#minutes.set(user, minute);
  }

  #forgetOver(): void {
    for (const [user, { sinceMs }] of this.#minutes) {
      if (this.#now() - sinceMs < MINUTE_MS) return;
      this.#minutes.delete(user);
    }
  }
}
