import { answerText, healthyText } from "@sockscope/alerts";
import { rangeInWords } from "@sockscope/promql";
import type { Answer } from "./answer.ts";
import type { Diagnosis, JudgedCause } from "./diagnosis.ts";
import { type Firing, isPage } from "./firing.ts";
import { longestRange } from "./longest-range.ts";
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

/** What should be said beside the causes, so that nobody takes answers of now for the end of it. */
function doubts({ subject: { firing }, isReal, oneOrMany: { sessions } }: Diagnosis): readonly string[] {
  if (isReal.verdict === "unknown") return ["Whether users feel it cannot be told."];
  if (!firing.some(isPage)) return [];
  if (isReal.verdict === "healthy")
    return ["Those who are heard feel nothing of it now: it may be ending, or whoever is hit is not heard."];
  if (sessions.verdict !== "healthy") return [];
  const over = longestRange(sessions.question.query);
  const lately = over === undefined ? "by now" : `within the last ${rangeInWords(over)}`;
  return [`Few new ones ${lately}: whoever was hit may still be.`];
}

/** What is said where it looks like no incident. */
function noIncidentText({ subject: { firing }, scope }: Diagnosis): string {
  if (scope === "few") return "Looks like a few sessions, not like an incident.";
  return firing.length === 0
    ? "Looks over, or like nothing that users feel."
    : "It fires, and users feel nothing of it now.";
}

/** The diagnosis in a sentence or two. */
export function headline(diagnosis: Diagnosis): string {
  const { health, scope, likeliest, isReal, answers } = diagnosis;
  if (health === "unknown")
    return answers.some(({ series }) => series.length > 0)
      ? `Cannot tell whether users feel it. ${isReal.says}`
      : "Cannot tell: Prometheus has nothing of what the runbook asks for.";
  const isAllWell = answers.every(({ verdict }) => verdict !== "unhealthy");
  if (health === "healthy" && isAllWell) return "All that can be judged is healthy.";
  const said =
    scope === "incident" || scope === "unknown"
      ? [causeText(diagnosis, true)]
      : [noIncidentText(diagnosis), ...(likeliest.length === 0 ? [] : [causeText(diagnosis, false)])];
  return [...said, ...doubts(diagnosis)].join(" ");
}

/** A sentence that has its full stop. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
