/** The usual, the slow and the slowest. */
export const QUANTILES: readonly number[] = [0.5, 0.95, 0.99];
