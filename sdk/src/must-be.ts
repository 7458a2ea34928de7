import { textOf } from "./problems.ts";

/**
 * Refuses what cannot work, where it is handed over.
 *
 * @param what whose and which it is, as a message begins
 * @param advice what it must be
 * @throws TypeError with the code `SOCKSCOPE_ERR_OPTIONS` when it is not
 */
export function mustBe(what: string, received: unknown, isMet: unknown, advice: string): void {
  if (isMet) return;
  const message = `${what} is ${textOf(received)}; it must be ${advice}`;
  throw Object.assign(new TypeError(message), { code: "SOCKSCOPE_ERR_OPTIONS" });
}
