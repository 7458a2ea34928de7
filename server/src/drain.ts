import type { Connection } from "./connection/connection.ts";

/** How a server that stops takes leave of its peers. */
export interface DrainOptions {
  /**
   * Over how many ms the peers are asked to come back: each is told its own moment, so that they do not all come at once.
   * Default: 10,000.
   */
  readonly spreadMs?: number;
  /**
   * How long peers may take to answer the close, in ms; then they are cut, and after as long again nothing is waited for any more.
   * Default: 2,000.
   */
  readonly deadlineMs?: number;
  /** A number from 0 to 1. Default: `Math.random`. */
  readonly random?: () => number;
  /** Runs something later, and returns what calls it off. Default: `setTimeout`. */
  readonly schedule?: (run: () => void, delayMs: number) => () => void;
}

/** What a drain needs to know of a server. */
export interface DrainedServer {
  readonly open: Iterable<Connection>;
  /** Calls back once when nothing is open any more, at once if nothing is. */
  readonly whenEmpty: (run: () => void) => void;
}

/**
 * Closes every connection with `restart`, each with an advice of its own, and resolves when all are gone. Connections that are
 * accepted meanwhile are the application's to refuse; those that are there at the deadline are cut for `restart`, too.
 */
export function drain({ open, whenEmpty }: DrainedServer, options: DrainOptions = {}): Promise<void> {
  const { spreadMs = 10_000, deadlineMs = 2000, random = Math.random, schedule = onTimer } = options;
  for (const connection of [...open]) connection.closeWith("restart", { retryAfterMs: random() * spreadMs });
  return new Promise((resolve) => {
    let callOff = schedule(() => {
      for (const connection of [...open]) cut(connection);
      callOff = schedule(giveUp, deadlineMs);
    }, deadlineMs);
    const giveUp = (): void => {
      // Gone though nobody told, most of them; a server that stops cannot wait for the others.
      for (const connection of [...open]) connection.reap();
      resolve();
    };
    whenEmpty(() => {
      callOff();
      resolve();
    });
  });
}

/** A connection that was accepted after the others were closed ends for the same reason. */
function cut(connection: Connection): void {
  connection.close("restart");
  connection.terminate();
}

function onTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
