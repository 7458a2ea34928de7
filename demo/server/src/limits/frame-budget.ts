/** How often frames may come. */
export interface FrameRate {
  readonly framesPerSecond: number;
  readonly frameBurst: number;
}

/**
 * What becomes of a frame: it is `taken`; it is one too many, and the peer is told (`warned`) or was told already (`dropped`);
 * or there were so many too many that the peer does not listen (`spent`).
 */
export type BudgetVerdict = "taken" | "warned" | "dropped" | "spent";

/** A token bucket for the frames of one connection. See {@link https://en.wikipedia.org/wiki/Token_bucket | token bucket}. */
export class FrameBudget {
  readonly #rate: FrameRate;
  readonly #now: () => number;
  #tokens: number;
  #filledAtMs: number;
  #excess = 0;

  /** @param now a clock in ms */
  constructor(rate: FrameRate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
    this.#tokens = rate.frameBurst;
    this.#filledAtMs = now();
  }

  /** A frame has come. */
  spend(): BudgetVerdict {
    this.#fill();
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return "taken";
    }
    this.#excess += 1;
    if (this.#excess > this.#rate.frameBurst) return "spent";
    return this.#excess === 1 ? "warned" : "dropped";
  }

  #fill(): void {
    const { framesPerSecond, frameBurst } = this.#rate;
    const now = this.#now();
    const gained = (Math.max(0, now - this.#filledAtMs) / 1000) * framesPerSecond;
    this.#filledAtMs = now;
    this.#tokens = Math.min(frameBurst, this.#tokens + gained);
    // Whoever was quiet for long enough has listened.
    if (this.#tokens === frameBurst) this.#excess = 0;
  }
}
