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

/** A share that is clearly above another: twice as much, or midway to everything where that is less. */
export function above(share: number): number {
  return tidy(Math.min(2 * share, (1 + share) / 2));
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
  return 2 * fewest;
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

/** Four digits, as Prometheus' templates write them. */
function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** As Prometheus' `humanizePercentage` writes a share. */
export function percentage(share: number): string {
  return `${digits(share * 100)}%`;
}

/** As Prometheus' `humanize` writes a number of events. */
export function amount(events: number): string {
  const prefixes = ["", "k", "M", "G", "T", "P"];
  const power = prefixes.findIndex((_prefix, index) => events < 1000 ** (index + 1));
  return `${digits(events / 1000 ** power)}${prefixes[power] ?? ""}`;
}
