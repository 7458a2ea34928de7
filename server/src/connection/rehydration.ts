import type { RehydrationOutcome } from "@sockscope/catalog";

/** What becomes of a connection's first hello: one outcome, the first that is told. */
export class Rehydration {
  #askedAtMs: number | undefined;
  #outcome: RehydrationOutcome | undefined;

  /** When it was asked for; undefined when nobody has. */
  get askedAtMs(): number | undefined {
    return this.#askedAtMs;
  }

  /** A hello came. Only the first counts, and only before there is an outcome. */
  asked(nowMs: number): void {
    if (this.#outcome === undefined) this.#askedAtMs ??= nowMs;
  }

  /** It ended so. Returns whether that is its first outcome. */
  ended(outcome: RehydrationOutcome): boolean {
    if (this.#outcome !== undefined) return false;
    this.#outcome = outcome;
    return true;
  }
}
