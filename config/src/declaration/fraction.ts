import { z } from "zod";

const ADVICE = "use a fraction of one, as in 0.95";

/** A share: neither none nor all, for nothing could be said of either. */
export function fraction(what: string) {
  return z.number().gt(0, ADVICE).lt(1, ADVICE).describe(what);
}
