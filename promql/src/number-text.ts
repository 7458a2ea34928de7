import { PromqlError } from "./promql-error.ts";

/** What floating-point arithmetic adds lies behind these: 14.4 * 0.005 is 0.07200000000000001. */
const SIGNIFICANT_DIGITS = 12;
const MOST_DECIMALS = 100;

/**
 * A number for a reader: whole numbers exactly, others to twelve significant digits, never with an exponent.
 *
 * Throws a {@link PromqlError} for NaN and the infinities: in an expression they come from a division that went wrong.
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) {
    throw new PromqlError(`${value} cannot stand in an expression; look at the division that it comes from.`);
  }
  if (Number.isInteger(value)) return BigInt(value).toString();
  const decimals = SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(MOST_DECIMALS, Math.max(0, decimals))).replace(/\.?0+$/, "");
}
