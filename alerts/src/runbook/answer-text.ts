import { HALF_AN_EVENT } from "@sockscope/slo";
import { amount, percentage } from "../symptoms/human-numbers.ts";
import type { AnswerUnit, Healthy } from "./question.ts";

function secondsText(seconds: number): string {
  if (seconds >= 7200) return `${amount(seconds / 3600)} h`;
  if (seconds >= 120) return `${amount(seconds / 60)} min`;
  return seconds >= 1 || seconds === 0 ? `${amount(seconds)} s` : `${amount(seconds * 1000)} ms`;
}

function bytesText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(
    units.length - 1,
    Math.max(0, Math.floor(Math.log(Math.max(1, Math.abs(bytes))) / Math.log(1024))),
  );
  return `${amount(bytes / 1024 ** power)} ${units[power]}`;
}

/** A number as its reader knows it. Numbers of events are whole, since `increase()` extrapolates. */
export function answerText(value: number, unit: AnswerUnit): string {
  if (!Number.isFinite(value)) return "not a number";
  switch (unit) {
    case "share":
      return percentage(value);
    case "seconds":
      return secondsText(value);
    case "bytes":
      return bytesText(value);
    case "per second":
      return `${amount(value)} a second`;
    default:
      return Math.abs(value) >= 10 ? String(Math.round(value)) : amount(Math.round(value * 10) / 10);
  }
}

/** Bounds as their reader counts: half an event above a number stands for that number. */
function asCounted({ least, most }: Healthy, unit: AnswerUnit): { least?: number; most?: number } {
  const isHalfAbove = unit === "count" && most !== undefined && most % 1 === HALF_AN_EVENT;
  return {
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most: isHalfAbove ? Math.floor(most) : most }),
  };
}

/** Which answers are healthy: `at most 2%`. */
export function healthyText(healthy: Healthy, unit: AnswerUnit): string {
  const { least, most } = asCounted(healthy, unit);
  const text = (bound: number): string => answerText(bound, unit);
  if (least === undefined)
    return most === undefined ? "anything" : most === 0 ? "none" : `at most ${text(most)}`;
  if (most === undefined) return `at least ${text(least)}`;
  return least === most ? text(least) : `${text(least)} to ${text(most)}`;
}

/** Which answers are not: `more than 2%`. */
export function unhealthyText(healthy: Healthy, unit: AnswerUnit): string {
  const { least, most } = asCounted(healthy, unit);
  const text = (bound: number): string => answerText(bound, unit);
  if (least === undefined)
    return most === undefined ? "nothing" : most === 0 ? "any" : `more than ${text(most)}`;
  return most === undefined ? `less than ${text(least)}` : "anything else";
}
