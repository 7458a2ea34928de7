/** The digits of the largest whole number that a batch may say. */
const MOST_DIGITS = 16;

const ZERO = 48;
const NINE = 57;

/**
 * The whole number that a part of a text says in at most 16 decimal digits; NaN when it is anything else. Cuts nothing out,
 * since most of what a batch says are such numbers.
 */
export function wholeNumberIn(text: string, from: number = 0, to: number = text.length): number {
  if (from >= to || to - from > MOST_DIGITS) return Number.NaN;
  let number = 0;
  for (let index = from; index < to; index += 1) {
    const character = text.charCodeAt(index);
    if (character < ZERO || character > NINE) return Number.NaN;
    number = number * 10 + (character - ZERO);
  }
  return number;
}

/** Every number from zero as JavaScript prints it. Where one part can end no other can, so no text takes long. */
const NUMBER_FROM_ZERO = /^\d+(?:\.\d+)?(?:e[+-]\d+)?$/;

/** The number that a text says; NaN when it says none, a negative one, or one that is not finite, such as 1e+999. */
export function numberFromZeroIn(text: string): number {
  const number = NUMBER_FROM_ZERO.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
}
