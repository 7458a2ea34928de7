import { answerText, healthyText } from "@sockscope/alerts";
import type { Answer } from "./answer.ts";
import type { Diagnosis, JudgedCause } from "./diagnosis.ts";
import type { Firing } from "./firing.ts";
import type { Labels } from "./prometheus.ts";
import { visible } from "./visible.ts";

/* The words that every format has in common. */

/** Labels for a reader: `app=chat, job=collector`. */
export function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${visible(name)}=${visible(value)}`)
    .join(", ");
}

/** A moment for a reader, in UTC, which everybody on a call has in common. */
export function momentText(seconds: number): string {
  return `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** How long something has lasted. */
export function durationText(seconds: number): string {
  const minutes = Math.max(0, Math.round(seconds / 60));
  if (minutes < 1) return "less than a minute";
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 60 / 24)} days`;
}

/** Whether it fires, in which of its rules, and since when. */
export function firingText(firing: readonly Firing[], moment: number): string {
  if (firing.length === 0) return "does not fire";
  const begun = firing.flatMap(({ since }) => since ?? []);
  const severities = [...new Set(firing.map(({ labels }) => visible(labels["severity"] ?? "")))].join(", ");
  const fires = `${severities}, firing`;
  if (begun.length === 0) return fires;
  const since = Math.min(...begun);
  return `${fires} for ${durationText(moment - since)}, since ${momentText(since)}`;
}

/** The answer's value that says most: its worst. */
export function valueText({ series, question }: Answer): string {
  const [worst] = series;
  return worst === undefined ? "no series" : answerText(worst.value, question.unit);
}

/** Which answers are healthy, as a part of a sentence. */
export function rangeText({ question: { healthy, unit } }: Answer): string {
  return `healthy is ${healthyText(healthy, unit)}`;
}

function titles(causes: readonly JudgedCause[]): string {
  return causes.map(({ cause }) => cause.title).join("; ");
}

function causeText({ likeliest, causes }: Diagnosis, isSure: boolean): string {
  if (likeliest.length === 1)
    return `${isSure ? "The likeliest cause" : "If it is more, the likeliest cause"}: ${titles(likeliest)}.`;
  if (likeliest.length > 1) return `One of these, the likeliest first: ${titles(likeliest)}.`;
  const unknown = causes.filter(({ state }) => state === "unknown");
  return unknown.length === 0
    ? "No cause is confirmed."
    : `No cause is confirmed, and ${unknown.length} of ${causes.length} cannot be judged: ${titles(unknown)}.`;
}

/** The diagnosis in a sentence or two. */
export function headline(diagnosis: Diagnosis): string {
  const { health, scope, subject, likeliest } = diagnosis;
  const isFiring = subject.firing.length > 0;
  if (health === "unknown") return "Cannot tell: Prometheus has nothing of what the runbook asks for.";
  if (health === "healthy")
    return isFiring
      ? "All that can be judged is healthy: it is over, and the alert ends by itself soon."
      : "All that can be judged is healthy.";
  if (scope === "incident" || scope === "unknown") return causeText(diagnosis, true);
  const doubt =
    scope === "few"
      ? "Looks like a few sessions, not like an incident."
      : "Looks over, or like nothing that users feel.";
  return likeliest.length === 0 ? doubt : `${doubt} ${causeText(diagnosis, false)}`;
}

/** A sentence that has its full stop. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
