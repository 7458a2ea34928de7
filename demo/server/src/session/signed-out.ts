import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../write-atomically.ts";

/** The sessions whose users signed out, for as long as a token of theirs could be renewed. */
export class SignedOutSessions {
  readonly #path: string | undefined;
  readonly #now: () => number;
  /** Until when each is remembered, in ms since the epoch. */
  readonly #until: Map<string, number>;

  /** @param stateDir where they outlive the process; undefined for nowhere */
  constructor(stateDir: string | undefined, now: () => number) {
    this.#path = stateDir === undefined ? undefined : join(stateDir, "signed-out.json");
    this.#now = now;
    this.#until = this.#path === undefined ? new Map() : new Map(Object.entries(readKept(this.#path)));
  }

  has(sessionId: string): boolean {
    return this.#until.has(sessionId);
  }

  add(sessionId: string, untilMs: number): void {
    for (const [id, until] of this.#until) if (until < this.#now()) this.#until.delete(id);
    this.#until.set(sessionId, untilMs);
    if (this.#path !== undefined)
      writeAtomically(this.#path, JSON.stringify(Object.fromEntries(this.#until)));
  }
}

function readKept(path: string): Readonly<Record<string, number>> {
  try {
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, number>) : {};
  } catch {
    // Without it, whoever signed out could renew for a while: no reason not to start.
    return {};
  }
}
