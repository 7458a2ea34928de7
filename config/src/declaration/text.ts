import { z } from "zod";

/** Sentences for people; what is said of a metric or a code is read at night. */
export function sentences(what: string) {
  return z.string().min(1, "say it in a sentence").describe(what);
}

/** Names that become values of a label. */
export function names(what: string, example: string) {
  const name = z
    .string()
    .regex(/^[A-Za-z_]\w{0,62}$/, `use up to 63 letters, digits and "_", as in "${example}"`);
  return z.array(name).max(200, "use at most 200").default([]).describe(what);
}
