import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FileWatch } from "../file-watch.ts";
import { withLock } from "../with-lock.ts";
import { writeAtomically } from "../write-atomically.ts";

/** What sessions that are signed out need from outside. */
export interface SignedOutEnvironment {
  /** Where they outlive the process, and are shared by several; undefined for nowhere. */
  readonly stateDir: string | undefined;
  /** The wall clock, in ms since the epoch. */
  readonly now: () => number;
  /** Takes why the file could not be read; the chat goes on with what it knows. */
  readonly reportError: (error: unknown) => void;
}

/** The file is there and does not say which sessions are signed out. */
export class SignedOutUnreadableError extends Error {
  override readonly name = "SignedOutUnreadableError";
  readonly code = "DEMO_ERR_SIGNED_OUT_UNREADABLE";

  constructor(path: string, cause: unknown) {
    super(
      `${path} does not say who has signed out; restore it, or whoever had can go on as long as a copy of the cookie is valid`,
      { cause },
    );
  }
}

/** The sessions whose users signed out, for as long as a token of theirs could be renewed. */
export class SignedOutSessions {
  readonly #environment: SignedOutEnvironment;
  readonly #file: KeptSessions | undefined;
  /** Until when each is remembered, in ms since the epoch. */
  readonly #until = new Map<string, number>();

  constructor(environment: SignedOutEnvironment) {
    const { stateDir } = environment;
    this.#environment = environment;
    this.#file = stateDir === undefined ? undefined : new KeptSessions(join(stateDir, "signed-out.json"));
    this.#refresh();
  }

  has(sessionId: string): boolean {
    this.#refresh();
    return this.#until.has(sessionId);
  }

  /** Another process told of it, and keeps it. */
  learn(sessionId: string, untilMs: number): void {
    this.#until.set(sessionId, untilMs);
  }

  /** Holds from now on, also when it throws since it cannot be kept. */
  add(sessionId: string, untilMs: number): void {
    for (const [id, until] of this.#until) if (until < this.#environment.now()) this.#until.delete(id);
    this.learn(sessionId, untilMs);
    this.#file?.unite(this.#until, this.#environment.now());
  }

  /** Another process may have signed somebody out. */
  #refresh(): void {
    try {
      for (const [id, until] of this.#file?.readIfChanged() ?? []) this.learn(id, until);
    } catch (error) {
      this.#environment.reportError(error);
    }
  }
}

type Kept = readonly (readonly [sessionId: string, untilMs: number])[];

class KeptSessions {
  readonly #path: string;
  readonly #watch: FileWatch;

  constructor(path: string) {
    this.#path = path;
    this.#watch = new FileWatch(path);
  }

  readIfChanged(): Kept {
    return this.#watch.hasChanged() ? readKept(this.#path) : [];
  }

  /** Adds what is new to the file, where another process may have added something, and takes out of it what is over. */
  unite(until: Map<string, number>, nowMs: number): void {
    withLock(`${this.#path}.lock`, () => {
      for (const [id, untilMs] of keptOrNothing(this.#path)) if (untilMs >= nowMs) until.set(id, untilMs);
      writeAtomically(this.#path, JSON.stringify(Object.fromEntries(until)));
    });
  }
}

/** What cannot be read was reported when it was noticed; it must not keep the next from being kept. */
function keptOrNothing(path: string): Kept {
  try {
    return readKept(path);
  } catch {
    return [];
  }
}

function readKept(path: string): Kept {
  if (!existsSync(path)) return [];
  try {
    const kept: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof kept !== "object" || kept === null || Array.isArray(kept))
      throw new Error("it is not an object of session ids and times");
    return Object.entries(kept).map(([id, untilMs]) => [id, timeOf(untilMs)]);
  } catch (cause) {
    throw new SignedOutUnreadableError(path, cause);
  }
}

function timeOf(untilMs: unknown): number {
  if (typeof untilMs === "number") return untilMs;
  throw new Error(`${JSON.stringify(untilMs)} is not a time in ms`);
}
