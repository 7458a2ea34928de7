import { type Links, type Symptom, symptoms } from "@sockscope/alerts";
import type { Catalog } from "@sockscope/catalog";
import type { Outcome } from "./answer.ts";
import { diagnose, promqlOf } from "./diagnosis.ts";
import { type Active, activeAt, type Firing, isPage, tellsSomebody } from "./firing.ts";
import { linksOf } from "./links-of.ts";
import type { Prometheus } from "./prometheus.ts";
import { PrometheusError } from "./prometheus-error.ts";
import type { Report } from "./report.ts";
import { type Subject, subjectsOf } from "./subjects.ts";
import { visible } from "./visible.ts";
import { durationText, labelsText } from "./words.ts";

/** So many questions at a time are no load for a Prometheus that evaluates hundreds of rules. */
const AT_A_TIME = 4;

/** What is to be diagnosed, and how. */
export interface ReportOptions {
  readonly prometheus: Prometheus;
  readonly catalog: Catalog;
  /** Where pages are. Default: where the alerts themselves lead. */
  readonly links?: Links | undefined;
  /** Default: every one that fires. */
  readonly symptom?: Symptom | undefined;
  /** In seconds since 1970. Default: now. */
  readonly at?: number | undefined;
}

/** Prometheus answers, so a question that it does not answer is no reason to answer none. */
async function outcomeOf(prometheus: Prometheus, promql: string, moment: number): Promise<Outcome> {
  try {
    return await prometheus.query(promql, moment);
  } catch (error) {
    if (error instanceof PrometheusError) return { failure: error.message };
    throw error;
  }
}

async function outcomesOf(
  prometheus: Prometheus,
  queries: readonly string[],
  moment: number,
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const left = [...new Set(queries)];
  const askOn = async (): Promise<void> => {
    for (let promql = left.shift(); promql !== undefined; promql = left.shift())
      outcomes.set(promql, await outcomeOf(prometheus, promql, moment));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, askOn));
  return outcomes;
}

/** Alerts that wake somebody up come first. */
function isPaged({ firing }: Subject): boolean {
  return firing.some(isPage);
}

/** Those that fire for somebody, those that page first. */
function firingSubjects(catalog: Catalog, firing: readonly Firing[]): readonly Subject[] {
  const forSomebody = firing.filter(tellsSomebody);
  return symptoms(catalog)
    .flatMap((symptom) => subjectsOf(symptom, forSomebody, catalog.environmentLabels))
    .filter((subject) => subject.firing.length > 0)
    .sort((a, b) => Number(isPaged(b)) - Number(isPaged(a)));
}

/** What is known when all that fires is looked at. */
function notesOf(
  catalog: Catalog,
  firing: readonly Firing[],
  subjects: readonly Subject[],
): readonly string[] {
  const firingNames = [...new Set(firing.map(({ labels }) => labels["alertname"] ?? ""))];
  const ours = symptoms(catalog);
  const foreign = firingNames.filter((name) => !ours.some((symptom) => symptom.name === name));
  return [
    ...(subjects.length === 0 ? ["No alert of Sockscope fires."] : []),
    ...(isWatched(catalog, firing)
      ? []
      : [
          "Watchdog always fires, and does not here: the rules are not loaded, or this is another Prometheus. So that no other alert fires says nothing.",
        ]),
    ...foreignNotes(foreign),
  ];
}

/** More names than this say no more than their number. */
const MOST_NAMED = 10;

function foreignNotes(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const named = names.slice(0, MOST_NAMED).map(visible).join(", ");
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  return [`Besides, alerts fire that are not Sockscope's: ${named}${more}.`];
}

/** Alerts that are about to fire: that they do not yet is no sign that all is well. */
function pendingNotes(
  asked: readonly Symptom[],
  pending: Active["pending"],
  moment: number,
): readonly string[] {
  const ours = pending.filter(({ labels }) => asked.some(({ name }) => name === labels["alertname"]));
  const texts = ours.map(({ labels: { alertname = "", ...labels }, since }) => {
    const whom = labelsText(labels);
    const lasts = since === undefined ? "" : ` for ${durationText(moment - since)}`;
    return `${alertname}${whom === "" ? "" : ` (${whom})`} is pending: its condition holds${lasts}, and it fires if it goes on.`;
  });
  const more = texts.length > MOST_NAMED ? [`${texts.length - MOST_NAMED} more are pending.`] : [];
  return [...texts.slice(0, MOST_NAMED), ...more];
}

function isWatched(catalog: Catalog, firing: readonly Firing[]): boolean {
  const isWanted = symptoms(catalog).some(({ name }) => name === "Watchdog");
  return !isWanted || firing.some(({ labels }) => labels["alertname"] === "Watchdog");
}

/**
 * Asks Prometheus all that the runbook of an alert asks, of each for whom it fires; or of every alert that fires.
 *
 * @throws PrometheusError when it cannot be asked at all
 */
export async function makeReport(options: ReportOptions): Promise<Report> {
  const { prometheus, catalog, links, symptom: wanted, at } = options;
  // By its own clock: by ours, a moment could be one that it has nothing of yet.
  const now = (await prometheus.query("time()")).samples[0]?.value ?? Date.now() / 1000;
  const moment = at ?? now;
  const isPast = at !== undefined;
  const { firing, pending } = await activeAt(prometheus, { moment, isPast });
  const subjects =
    wanted === undefined
      ? firingSubjects(catalog, firing)
      : subjectsOf(wanted, firing, catalog.environmentLabels);
  const outcomes = await outcomesOf(
    prometheus,
    subjects.flatMap((subject) => promqlOf(subject, catalog)),
    moment,
  );
  const diagnoses = subjects.map((subject) => ({
    diagnosis: diagnose(
      subject,
      catalog,
      (promql) => outcomes.get(promql) ?? { failure: "it was not asked" },
    ),
    links: linksOf(subject, links, at),
  }));
  const asked = wanted === undefined ? symptoms(catalog) : [wanted];
  const notes = [
    ...(wanted === undefined ? notesOf(catalog, firing, subjects) : []),
    ...pendingNotes(asked, pending, moment),
  ];
  const isKnown = wanted !== undefined || isWatched(catalog, firing);
  return { prometheus: prometheus.name, moment, isPast, diagnoses, notes, isKnown };
}
