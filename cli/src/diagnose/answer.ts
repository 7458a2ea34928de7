import type { Question, Verdict } from "@sockscope/alerts";
import { verdictOf } from "@sockscope/alerts";
import type { Hearing } from "./hearing.ts";
import type { Found, Labels, Sample } from "./prometheus.ts";
import { labelsText } from "./words.ts";

/** A series of an answer, with what it says. */
export interface JudgedSample extends Sample {
  readonly verdict: Verdict;
}

/** What Prometheus said to a question, or that it did not. */
export interface Answer {
  readonly question: Question;
  /** Unhealthy when one of the series is. */
  readonly verdict: Verdict;
  /** Of whom the question was asked, the worst first. Labels that all of them share are left out. */
  readonly series: readonly JudgedSample[];
  /** What the answer means, and what to do next. */
  readonly says: string;
  /** What Prometheus says of an answer that may lack something. */
  readonly warnings: readonly string[];
}

/** A query's result, or why there is none. */
export type Outcome = Found | { readonly failure: string };

/** A question asks a job by its name, so one that has series of others only is not about the alert's. */
function tellsApart(name: string, value: string, samples: readonly Sample[]): boolean {
  return name !== "job" || samples.some(({ labels }) => labels["job"] === value);
}

/** The series of whom an alert is: one is left out only where it has a label that the alert has, with another value. */
export function narrowed(samples: readonly Sample[], of: Labels): readonly Sample[] {
  return Object.entries(of)
    .filter(([name, value]) => tellsApart(name, value, samples))
    .reduce(
      (left, [name, value]) =>
        left.filter(({ labels }) => labels[name] === undefined || labels[name] === value),
      samples,
    );
}

/** How far a value lies outside of what is healthy. */
function distance(value: number, { healthy: { least = -Infinity, most = Infinity } }: Question): number {
  if (Number.isNaN(value)) return -Infinity;
  return Math.max(least - value, value - most);
}

/** Labels but those of these names. */
export function withoutLabels(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
}

/** The labels by which series differ: what is the same in all of them says nothing. */
function distinguished(samples: readonly Sample[]): readonly Sample[] {
  const [first] = samples;
  const names = [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))];
  const same = names.filter((name) => samples.every(({ labels }) => labels[name] === first?.labels[name]));
  return samples.map(({ labels, value }) => ({ labels: withoutLabels(labels, same), value }));
}

const NOT_A_NUMBER = "Prometheus has a result that is not a number: nothing was there to divide by.";

function saying(question: Question, verdict: Verdict): string {
  return { healthy: question.ifHealthy, unhealthy: question.ifUnhealthy, unknown: NOT_A_NUMBER }[verdict];
}

/** More values of a label than this say no more than that there are others. */
const MOST_NAMED = 3;

/** Of whom there are series, where there are none of those who were asked for. */
function othersText(samples: readonly Sample[], of: Labels): string {
  const missing = Object.entries(of).filter(
    ([name, value]) => narrowed(samples, { [name]: value }).length === 0,
  );
  // Each label has series, and no series has them all.
  const names = (missing.length === 0 ? Object.entries(of) : missing).map(([name]) => name);
  const named = (labels: Labels): string =>
    labelsText(Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name))));
  const others = [...new Set(samples.map(({ labels }) => named(labels)))];
  const more = others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : "";
  return `No series of ${named(of)}; there are some of ${others.slice(0, MOST_NAMED).join("; ")}${more}.`;
}

/** What it says that a question has no series: nothing, unless those are heard who would tell. */
function withoutSeries(
  { withoutSeries: { verdict, means } }: Question,
  others: string | undefined,
  hearing: Hearing,
): Pick<Answer, "verdict" | "says"> {
  if (verdict === "unhealthy" || hearing === "heard") return { verdict, says: means };
  if (others !== undefined) return { verdict: "unknown", says: others };
  if (verdict === "healthy" && hearing !== undefined)
    return { verdict: "unknown", says: `Not known: ${hearing.silent}.` };
  return { verdict, says: means };
}

/**
 * What a result says to a question.
 *
 * @param of the labels of whom it is asked
 * @param hearing whether those are heard who would tell
 */
export function answerTo(question: Question, outcome: Outcome, of: Labels, hearing: Hearing): Answer {
  if ("failure" in outcome)
    return { question, verdict: "unknown", series: [], says: `Not known: ${outcome.failure}.`, warnings: [] };
  const { warnings } = outcome;
  const samples = distinguished(narrowed(outcome.samples, of));
  if (samples.length === 0) {
    const others = outcome.samples.length === 0 ? undefined : othersText(outcome.samples, of);
    return { question, series: [], warnings, ...withoutSeries(question, others, hearing) };
  }
  const series = samples
    .map((sample) => ({ ...sample, verdict: verdictOf(sample.value, question.healthy) }))
    .sort((a, b) => distance(b.value, question) - distance(a.value, question) || 0);
  const said = new Set(series.map(({ verdict }) => verdict));
  const verdict = said.has("unhealthy") ? "unhealthy" : said.has("healthy") ? "healthy" : "unknown";
  return { question, verdict, series, says: saying(question, verdict), warnings };
}
