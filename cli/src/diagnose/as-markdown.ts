import { answerText, healthyText } from "@sockscope/alerts";
import { fence, markdownRow } from "@sockscope/runbooks";
import type { Answer } from "./answer.ts";
import type { CauseState, JudgedCause } from "./diagnosis.ts";
import type { Diagnosed, Report } from "./report.ts";
import { firingText, headline, labelsText, momentText, valueText } from "./words.ts";

const MOST_SERIES = 5;

const MARKS: Readonly<Record<Answer["verdict"] | CauseState, string>> = {
  unhealthy: "🔴 **unhealthy**",
  healthy: "🟢 healthy",
  unknown: "⚪ unknown",
  confirmed: "🔴 **confirmed**",
  "ruled out": "🟢 ruled out",
  consequence: "🟡 follows",
};

/** Labels come from elsewhere: as code, nothing in them is markup. */
function code(text: string): string {
  return text === "" ? "" : `\`${text.replaceAll("`", "'")}\``;
}

function valueCell(answer: Answer): string {
  const { series, question } = answer;
  if (series.length < 2) return valueText(answer);
  const shown = series
    .slice(0, MOST_SERIES)
    .map(({ labels, value }) => `${answerText(value, question.unit)} ${code(labelsText(labels))}`);
  const more = series.length > MOST_SERIES ? [`and ${series.length - MOST_SERIES} more`] : [];
  return [...shown, ...more].join(", ");
}

function answerRow(answer: Answer): string {
  const { question, verdict, says } = answer;
  return markdownRow([
    MARKS[verdict],
    valueCell(answer),
    healthyText(question.healthy, question.unit),
    question.asks,
    says,
  ]);
}

function table(heads: readonly string[], rows: readonly string[]): string {
  return [markdownRow(heads), `|${heads.map(() => "---").join("|")}|`, ...rows].join("\n");
}

function causeRow({ cause, state, confirm }: JudgedCause): string {
  const { question } = confirm;
  return markdownRow([
    MARKS[state],
    cause.title,
    `${valueCell(confirm)} (healthy is ${healthyText(question.healthy, question.unit)})`,
    question.asks,
  ]);
}

function nextSteps({ cause, confirm, verify }: JudgedCause): readonly string[] {
  const { evidence = [] } = cause;
  return [
    `#### Next: ${cause.title}`,
    `${cause.signal} ${confirm.says}`,
    ...evidence.flatMap(({ asks, healthy, unit, command }) => [
      `Look at this: ${asks} Healthy is ${healthyText(healthy, unit)}.`,
      fence("sh", command),
    ]),
    cause.fix.map(({ does }, index) => `${index + 1}. ${does}`).join("\n"),
    `It worked when this is ${healthyText(verify.question.healthy, verify.question.unit)}, and now is ${valueText(verify)}: ${verify.question.asks}`,
  ];
}

function linksText({ links }: Diagnosed): string | undefined {
  const named = [
    ["Runbook", links.runbook],
    ["Dashboard", links.dashboard],
  ].flatMap(([name, url]) => (url === undefined ? [] : [`[${name}](<${url}>)`]));
  return named.length === 0 ? undefined : named.join(" · ");
}

function diagnosisText(diagnosed: Diagnosed, { moment, prometheus }: Report): string {
  const { diagnosis } = diagnosed;
  const { subject, runbook, health, isReal, oneOrMany, firstFiveMinutes, causes, likeliest } = diagnosis;
  const answers = [isReal, oneOrMany.sessions, ...firstFiveMinutes];
  const whom = [subject.symptom.name, code(labelsText(subject.labels))].filter((part) => part !== "");
  const parts = [
    `### ${whom.join(" ")}: ${headline(diagnosis)}`,
    `${MARKS[health]} · ${firingText(subject.firing, moment)} · asked of ${code(prometheus)} as of ${momentText(moment)}`,
    linksText(diagnosed),
    `**Users:** ${runbook.impact}`,
    table(["verdict", "value", "healthy", "question", "means"], answers.map(answerRow)),
    table(["verdict", "cause", "value", "question"], causes.map(causeRow)),
    ...likeliest.flatMap(nextSteps),
    ...diagnosis.warnings.map((warning) => `Prometheus warns: ${code(warning)}`),
  ];
  return parts.filter((part) => part !== undefined).join("\n\n");
}

/** A report to be pasted where an incident is talked about. */
export function reportAsMarkdown(report: Report): string {
  const { diagnoses, notes, prometheus, moment } = report;
  const asked = `Asked of ${code(prometheus)} as of ${momentText(moment)}.`;
  return [
    ...(diagnoses.length === 0 ? [asked] : []),
    ...notes,
    ...diagnoses.map((diagnosed) => diagnosisText(diagnosed, report)),
  ].join("\n\n");
}
