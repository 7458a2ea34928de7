/*
 * The numbers of cases. An alert's own are a deployment's, so those of its cases are multiples of them, and hold for whoever chose
 * others.
 */

/** So many of so many. */
export interface Part {
  readonly part: number;
  readonly whole: number;
}

/** Without the noise of binary fractions, which a reader of the cases need not see. */
function tidy(value: number): number {
  return Number(value.toPrecision(10));
}

/** A share that is just above another: a tenth more, or midway to everything where that is less. */
export function above(share: number): number {
  return tidy(Math.min(1.1 * share, (1 + share) / 2));
}

/** A share that is just not above another. */
export function justBelow(share: number): number {
  return tidy(0.9 * share);
}

/** As many events as this, of so many that they are the share. */
export function partOf(share: number, part: number): Part {
  return { part: tidy(part), whole: tidy(part / share) };
}

/** Events that are the share of as many as this. */
export function shareOf(share: number, whole: number): Part {
  return { part: tidy(share * whole), whole: tidy(whole) };
}

/** Enough events for an alert with this minimum, and too few. */
export function enough(fewest: number): number {
  return tidy(1.1 * fewest);
}

/** {@link enough} */
export function tooFew(fewest: number): number {
  return tidy(0.9 * fewest);
}

/** A counter that gains as much in a number of minutes as this, and goes on for so many. */
export function steadily(events: number, { within, minutes }: { within: number; minutes: number }): string {
  return `0+${tidy(events / within)}x${minutes}`;
}

/** A counter that gains this in the first minute, and then nothing: a long range sees it and a short one no longer. */
export function once(events: number, minutes: number): string {
  return `0 ${tidy(events)}x${minutes}`;
}

/** A gauge that stays. */
export function constantly(value: number, minutes: number): string {
  return `${tidy(value)}x${minutes}`;
}
