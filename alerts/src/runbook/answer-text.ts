import type { AnswerUnit, Healthy } from "./question.ts";

/** Three figures, and more where what was counted has more. */
function figures(value: number): string {
  return String(Number(Math.abs(value) >= 100 ? value.toFixed(1) : value.toPrecision(3)));
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

/** A bound: half an event above so many is so many, which `increase()` tells a little more of than there were. */
function boundText(bound: number, unit: AnswerUnit): string {
  return answerText(unit === "count" && bound % 1 === 0.5 ? bound - 0.5 : bound, unit);
}

/** Which answers are healthy: `at most 2%`. */
export function healthyText({ least, most = Number.NaN }: Healthy, unit: AnswerUnit): string {
  const upTo = boundText(most, unit);
  if (least === undefined) return upTo === "0" ? "none" : `at most ${upTo}`;
  const from = boundText(least, unit);
  if (Number.isNaN(most)) return `at least ${from}`;
  return least === most ? from : `${from} to ${upTo}`;
}

/** Which answers are not: `more than 2%`. */
export function unhealthyText({ least, most = Number.NaN }: Healthy, unit: AnswerUnit): string {
  const upTo = boundText(most, unit);
  if (least === undefined) return upTo === "0" ? "any" : `more than ${upTo}`;
  return Number.isNaN(most) ? `less than ${boundText(least, unit)}` : "anything else";
}
