import type { PoolWorker, WorkerPool } from "./worker-pool.ts";

/** Asks all workers, and waits for those that are there. */
export class Rounds {
  readonly #workers: WorkerPool;
  readonly #timeoutMs: number;
  #round = 0;
  /** Whom the rounds that run still wait for, by round, and what goes on when that is nobody. */
  readonly #running = new Map<number, { readonly waitsFor: Set<number>; readonly done: () => void }>();

  constructor(workers: WorkerPool, timeoutMs: number) {
    this.#workers = workers;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Resolves when every worker has answered, or has had its time.
   *
   * @param reporting who can be asked; others do not report, or not yet, or no more
   */
  next(reporting: ReadonlySet<number>): Promise<void> {
    const asked = Object.values(this.#workers.workers ?? {}).flatMap((worker) =>
      worker?.isConnected() && reporting.has(worker.id) ? [worker] : [],
    );
    this.#round += 1;
    const round = this.#round;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#end(round), this.#timeoutMs);
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.#running.set(round, { waitsFor: new Set(asked.map((worker) => worker.id)), done });
      for (const worker of asked) this.#ask(worker, round);
      this.#endIfAnswered(round);
    });
  }

  answered(worker: number, round: number): void {
    this.#running.get(round)?.waitsFor.delete(worker);
    this.#endIfAnswered(round);
  }

  /** The worker will not answer any more. */
  left(worker: number): void {
    for (const round of [...this.#running.keys()]) this.answered(worker, round);
  }

  #ask(worker: PoolWorker, round: number): void {
    worker.send({ sockscope: "collect", round }, (error) => {
      // Its channel closed a moment ago. Without this listener Node would make the primary's own error of it.
      if (error) this.answered(worker.id, round);
    });
  }

  #endIfAnswered(round: number): void {
    if (this.#running.get(round)?.waitsFor.size === 0) this.#end(round);
  }

  #end(round: number): void {
    const running = this.#running.get(round);
    this.#running.delete(round);
    running?.done();
  }
}
