import { z } from "zod";

/**
 * What is smaller, or nearer to one, than one in a hundred thousand: rules, sentences and tests would write it as nothing or
 * all, or with an exponent that Prometheus writes in another way.
 */
const LEAST = 0.000_01;
const MOST = 0.999_99;

const ADVICE = "use a fraction of one from 0.00001 to 0.99999, as in 0.95";

/** A share: neither none nor all, for nothing could be said of either. */
export function fraction(what: string) {
  return z.number().min(LEAST, ADVICE).max(MOST, ADVICE).describe(what);
}
