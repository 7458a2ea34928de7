import { closeSync, openSync, rmSync, statSync } from "node:fs";

/** Whoever holds a lock for so long, in ms, died with it: what is done under one takes a few. */
const STALE_MS = 1_000;
const RETRY_MS = 5;

/** Does something while no other process does anything under the same lock, which is a file. Throws the system's error. */
export function withLock<T>(path: string, work: () => T): T {
  while (!isTaken(path)) {
    if (isStale(path)) rmSync(path, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
  }
  try {
    return work();
  } finally {
    rmSync(path, { force: true });
  }
}

function isTaken(path: string): boolean {
  try {
    closeSync(openSync(path, "wx"));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isStale(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > STALE_MS;
}
