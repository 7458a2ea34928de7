import type { AnswerUnit, Healthy } from "./question.ts";

/** Three figures, and whole numbers in full: what was counted is not rounded to thousands. */
function figures(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function scaled(
  value: number,
  steps: readonly (readonly [from: number, size: number, name: string])[],
): string {
  const size = Math.abs(value);
  const [, by, name] = steps.find(([from]) => size >= from) ?? [0, 1, ""];
  return `${figures(value / by)} ${name}`;
}

const SECONDS = [
  [7200, 3600, "h"],
  [120, 60, "min"],
  [1, 1, "s"],
  [Number.MIN_VALUE, 0.001, "ms"],
  [0, 1, "s"],
] as const;

const BYTES = [
  [1024 ** 4, 1024 ** 4, "TiB"],
  [1024 ** 3, 1024 ** 3, "GiB"],
  [1024 ** 2, 1024 ** 2, "MiB"],
  [1024, 1024, "KiB"],
  [0, 1, "B"],
] as const;

/** A number as its reader knows it. */
export function answerText(value: number, unit: AnswerUnit): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "endless" : "endlessly little";
  switch (unit) {
    case "share":
      return `${figures(value * 100)}%`;
    case "seconds":
      return scaled(value, SECONDS);
    case "bytes":
      return scaled(value, BYTES);
    case "per second":
      return `${figures(value)} a second`;
    default:
      return figures(value);
  }
}

/** Which answers are healthy: `at most 2%`. */
export function healthyText({ least, most }: Healthy, unit: AnswerUnit): string {
  const text = (bound: number): string => answerText(bound, unit);
  if (least === undefined) return most === 0 ? "none" : `at most ${text(most ?? Number.NaN)}`;
  if (most === undefined) return `at least ${text(least)}`;
  return least === most ? text(least) : `${text(least)} to ${text(most)}`;
}

/** Which answers are not: `more than 2%`. */
export function unhealthyText({ least, most }: Healthy, unit: AnswerUnit): string {
  const text = (bound: number): string => answerText(bound, unit);
  if (least === undefined) return most === 0 ? "any" : `more than ${text(most ?? Number.NaN)}`;
  return most === undefined ? `less than ${text(least)}` : "anything else";
}
