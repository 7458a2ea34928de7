import { answerText, functionsIn, healthyText, type Verdict, variablesIn } from "@sockscope/alerts";
import { wrap } from "../wrap.ts";
import type { Answer } from "./answer.ts";
import type { CauseState, Diagnosis, JudgedCause, View } from "./diagnosis.ts";
import type { Diagnosed, Report } from "./report.ts";
import { visible } from "./visible.ts";
import { firingText, headline, labelsText, momentText, rangeText, sentence, valueText } from "./words.ts";

/** How a terminal shows a report. */
export interface Look {
  /** Default: nobody knows. */
  readonly columns?: number | undefined;
  readonly hasColors?: boolean | undefined;
}

const [NARROWEST, WIDEST, USUAL] = [60, 110, 100];
const MOST_SERIES = 5;

/** The columns of a row: what is said, of which value, and what about it. */
const [SAID_COLUMNS, VALUE_COLUMNS] = [10, 11];
const INDENT = "  ";
const TEXT_INDENT = " ".repeat(INDENT.length + SAID_COLUMNS + VALUE_COLUMNS + 2);

type Tone = "bad" | "good" | "unsure" | "strong" | "faint";
const CODES: Readonly<Record<Tone, string>> = {
  bad: "31;1",
  good: "32",
  unsure: "33",
  strong: "1",
  faint: "2",
};

/** A word that is seen without its colour, too. */
const VERDICTS: Readonly<Record<Verdict | CauseState, readonly [word: string, tone: Tone]>> = {
  unhealthy: ["UNHEALTHY", "bad"],
  healthy: ["healthy", "good"],
  unknown: ["unknown", "unsure"],
  confirmed: ["CONFIRMED", "bad"],
  "ruled out": ["ruled out", "good"],
  consequence: ["follows", "unsure"],
};

/** Lays a diagnosis out in lines. */
class Page {
  readonly columns: number;
  readonly #hasColors: boolean;
  readonly lines: string[] = [];

  constructor({ columns = USUAL, hasColors = false }: Look) {
    this.columns = Math.min(WIDEST, Math.max(NARROWEST, columns));
    this.#hasColors = hasColors;
  }

  paint(tone: Tone, text: string): string {
    return this.#hasColors ? `\u001b[${CODES[tone]}m${text}\u001b[0m` : text;
  }

  line(text = ""): void {
    this.lines.push(text);
  }

  /** A text that is broken at its spaces, with a beginning of its own in its first line. */
  text(text: string, indent: string, first: string = indent, tone?: Tone): void {
    const painted = (line: string): string => (tone === undefined ? line : this.paint(tone, line));
    const [head = "", ...rest] = wrap(text, this.columns - indent.length);
    this.line(`${first}${painted(head)}`);
    for (const line of rest) this.line(`${indent}${painted(line)}`);
  }

  section(title: string): void {
    this.line();
    this.line(this.paint("strong", title));
  }

  /** A row of the three columns. */
  row(said: Verdict | CauseState, value: string, text: string, textTone?: Tone): void {
    const [word, tone] = VERDICTS[said];
    const first = `${INDENT}${this.paint(tone, word.padEnd(SAID_COLUMNS))}${value.padStart(VALUE_COLUMNS)}  `;
    this.text(text, TEXT_INDENT, first, textTone);
  }

  /** What follows from a row, under its text. */
  next(text: string): void {
    this.text(text, `${TEXT_INDENT}  `, `${TEXT_INDENT}→ `);
  }

  /** A shell's text stays on one line: it is there to be copied. */
  command(text: string, indent: string): void {
    this.line(`${indent}$ ${text}`);
  }
}

function seriesRows(page: Page, { series, question }: Answer): void {
  if (series.length < 2) return;
  for (const { labels, value, verdict } of series.slice(0, MOST_SERIES))
    page.row(verdict, answerText(value, question.unit), labelsText(labels));
  if (series.length > MOST_SERIES) page.line(`${TEXT_INDENT}and ${series.length - MOST_SERIES} more`);
}

function answerRows(page: Page, answer: Answer): void {
  page.row(answer.verdict, valueText(answer), `${answer.question.asks} (${rangeText(answer)})`);
  seriesRows(page, answer);
  page.next(answer.says);
}

/** Who is behind a cause that is a consequence. */
function behind({ cause: { id } }: JudgedCause, causes: readonly JudgedCause[]): string {
  return causes
    .filter(({ state, cause }) => state === "confirmed" && cause.explains?.includes(id))
    .map(({ cause }) => `"${cause.title}"`)
    .join(" and ");
}

function causeRows(page: Page, judged: JudgedCause, { causes, firstFiveMinutes }: Diagnosis): void {
  const { cause, state, confirm } = judged;
  page.row(state, valueText(confirm), cause.title, "strong");
  const isAgain = firstFiveMinutes.some(({ question }) => question.id === confirm.question.id);
  page.text(`${isAgain ? "Asked above" : confirm.question.asks} (${rangeText(confirm)})`, TEXT_INDENT);
  if (isAgain && state !== "consequence") return;
  seriesRows(page, confirm);
  page.next(state === "consequence" ? `It is seen because of ${behind(judged, causes)}.` : confirm.says);
}

function viewRows(page: Page, { breakdown, series, failure }: View): void {
  page.text(`By ${breakdown.by}. ${breakdown.read}`, INDENT);
  if (failure !== undefined) page.text(`Not known: ${failure}.`, `${INDENT}  `);
  else if (series.length === 0) page.line(`${INDENT}  nothing`);
  for (const { labels, value } of series.slice(0, MOST_SERIES))
    page.line(`${INDENT}  ${String(Number(value.toPrecision(3))).padStart(9)}  ${labelsText(labels)}`);
  if (series.length > MOST_SERIES) page.line(`${INDENT}  and ${series.length - MOST_SERIES} more`);
}

/** What has to be set before commands do what they say. */
function shellText(commands: readonly string[]): string | undefined {
  const text = commands.join("\n");
  const names = [...functionsIn(text), ...variablesIn(text).map((name) => `$${name}`)];
  return names.length === 0
    ? undefined
    : `Set ${names.join(", ")} first, as the runbook's section Shell says.`;
}

function nextSteps(page: Page, { cause, verify }: JudgedCause): void {
  const { evidence = [], fix } = cause;
  page.section(`Next: ${cause.title}`);
  page.text(cause.signal, INDENT);
  if (evidence.length > 0) page.line(`${INDENT}Look at this, which Prometheus does not know:`);
  for (const { asks, healthy, unit, ifUnhealthy, command } of evidence) {
    page.text(`${asks} (healthy is ${healthyText(healthy, unit)})`, `${INDENT}  `, `${INDENT}- `);
    page.text(`Otherwise: ${ifUnhealthy}`, `${INDENT}  `);
    page.command(command, `${INDENT}  `);
  }
  const shell = shellText(evidence.map(({ command }) => command));
  if (shell !== undefined) page.text(shell, INDENT);
  page.line(`${INDENT}Fix, with its commands in the runbook:`);
  fix.forEach(({ does }, index) => {
    page.text(does, `${INDENT}   `, `${INDENT}${index + 1}. `);
  });
  page.text(
    `It worked when this is ${healthyText(verify.question.healthy, verify.question.unit)}, and now is ${valueText(verify)}: ${verify.question.asks}`,
    INDENT,
  );
}

const HEAD_INDENT = " ".repeat(11);

function headRows(page: Page, diagnosis: Diagnosis, moment: number): void {
  const { subject, health, runbook } = diagnosis;
  const [word, tone] = VERDICTS[health];
  page.line([page.paint("strong", subject.symptom.name), labelsText(subject.labels)].join("  ").trimEnd());
  page.line(page.paint("faint", "─".repeat(page.columns)));
  page.text(headline(diagnosis), HEAD_INDENT, `${page.paint(tone, word.padEnd(9))}  `, "strong");
  page.text(`Impact: ${runbook.impact}`, HEAD_INDENT);
  page.text(`Alert: ${firingText(subject.firing, moment)}.`, HEAD_INDENT);
  const said = subject.firing.flatMap(({ annotations }) => annotations["description"] ?? []);
  for (const text of new Set(said)) page.text(visible(text), HEAD_INDENT);
}

function diagnosisLines(diagnosed: Diagnosed, moment: number, look: Look): readonly string[] {
  const page = new Page(look);
  const { diagnosis, links } = diagnosed;
  const { runbook, isReal, oneOrMany, firstFiveMinutes, causes, likeliest, who, doneWhen } = diagnosis;
  headRows(page, diagnosis, moment);
  page.section("Is it real, and is it many?");
  for (const answer of [isReal, oneOrMany.sessions]) answerRows(page, answer);
  page.section("The first five minutes");
  for (const answer of firstFiveMinutes) answerRows(page, answer);
  page.section("Causes, the likeliest first");
  for (const cause of causes) causeRows(page, cause, diagnosis);
  for (const cause of likeliest) nextSteps(page, cause);
  page.section("Done when all of this is healthy");
  for (const answer of doneWhen)
    page.row(answer.verdict, valueText(answer), `${answer.question.asks} (${rangeText(answer)})`);
  if (who.length > 0) page.section("Since when, and who");
  for (const view of who) viewRows(page, view);
  const calls = likeliest.length === 0 ? [...runbook.callAtOnce, ...runbook.escalation] : runbook.callAtOnce;
  if (calls.length > 0) page.section("Call");
  for (const { whom, when } of calls)
    page.text(sentence(`${whom}: when ${when}`), `${INDENT}  `, `${INDENT}- `);
  page.line();
  if (links.runbook !== undefined) page.line(`Runbook    ${links.runbook}`);
  if (links.dashboard !== undefined) page.line(`Dashboard  ${links.dashboard}`);
  for (const warning of diagnosis.warnings) page.text(`Prometheus warns: ${warning}`, "  ");
  return page.lines;
}

/** One line for each, where there are several. */
function overview({ diagnoses }: Report, look: Look): readonly string[] {
  if (diagnoses.length < 2) return [];
  const page = new Page(look);
  for (const { diagnosis } of diagnoses) {
    const { symptom, labels } = diagnosis.subject;
    const [word, tone] = VERDICTS[diagnosis.health];
    page.text(
      [symptom.name, labelsText(labels), headline(diagnosis)].filter((part) => part !== "").join("  "),
      " ".repeat(11),
      `${page.paint(tone, word.padEnd(9))}  `,
    );
  }
  return [...page.lines, ""];
}

/** A report for a terminal. */
export function reportAsText(report: Report, look: Look): string {
  const { prometheus, moment, isPast, diagnoses, notes } = report;
  const when = isPast ? `as it was at ${momentText(moment)}` : `at ${momentText(moment)}`;
  return [
    `${prometheus}, ${when}`,
    "",
    ...notes.flatMap((note) => wrap(note, USUAL)),
    ...(notes.length > 0 && diagnoses.length > 0 ? [""] : []),
    ...overview(report, look),
    ...diagnoses.flatMap((diagnosed, index) => [
      ...(index === 0 ? [] : ["", ""]),
      ...diagnosisLines(diagnosed, moment, look),
    ]),
  ].join("\n");
}
