import type {
  Breakdown,
  Call,
  Cause,
  Links,
  Mitigation,
  Question,
  Runbook,
  Symptom,
} from "@sockscope/alerts";
import { askedOnce, commandText, stepText } from "./asked.ts";
import { fence, joined, numberedList } from "./markdown.ts";
import { shellSection } from "./shell-section.ts";
import { whenItFires } from "./when-it-fires.ts";

type Ask = (question: Question) => string;

function calls(list: readonly Call[]): string {
  return list.map(({ whom, when }) => `- **${whom}**: when ${when}.`).join("\n");
}

function breakdown({ by, query, read }: Breakdown): string {
  return joined([`**By ${by}.** ${read}`, fence("promql", query.promql)]);
}

function cause(item: Cause, index: number, { causes }: Runbook, ask: Ask): string {
  const { title, signal, confirm, evidence = [], fix, verify, undo, explains = [] } = item;
  const titles = causes.filter(({ id }) => explains.includes(id)).map((other) => `"${other.title}"`);
  return joined([
    `### ${index + 1}. ${title}`,
    signal,
    titles.length === 0
      ? undefined
      : `Where it is this, ${titles.join(" and ")} may look confirmed as well, and ${titles.length === 1 ? "is only its" : "are only its"} consequence.`,
    ask(confirm),
    ...evidence.map(commandText),
    "**Fix:**",
    numberedList(fix.map(stepText)),
    "**It worked when** this is healthy:",
    ask(verify),
    "**Undo:**",
    numberedList(undo.map(stepText)),
  ]);
}

function mitigation({ step, blastRadius, undo }: Mitigation): string {
  return joined([stepText(step), `*Whom it hits:* ${blastRadius}`, `*Back:* ${stepText(undo)}`]);
}

function oneOrMany({ oneOrMany: { sessions, threads } }: Runbook, ask: Ask): string {
  return joined([
    "### One session or many?",
    ask(sessions),
    threads === undefined ? undefined : commandText(threads),
  ]);
}

/** The Markdown page that the alert's `runbook_url` leads to. */
export function runbookPage(symptom: Symptom, links: Links): string {
  const { name, summary, runbook } = symptom;
  const { impact, callAtOnce, isReal, who, firstFiveMinutes, causes, mitigations, doneWhen } = runbook;
  const ask = askedOnce();
  const shell = shellSection(runbook);
  const needed =
    shell === undefined
      ? ""
      : " What the commands need, and whether they read anything at all, is under [Shell](#shell).";
  const page = joined([
    "<!-- Generated. Change the source or the configuration, not this file. -->",
    `# ${name}`,
    summary,
    `**What users feel:** ${impact}`,
    `All queries of this page at once, with what they say: \`sockscope diagnose ${name} --prometheus URL\`.${needed}`,
    "## Call at once",
    callAtOnce.length === 0 ? "Nobody: it can wait until you know more." : calls(callAtOnce),
    "## Is it real?",
    ask(isReal),
    oneOrMany(runbook, ask),
    "## Since when, and who",
    ...who.map(breakdown),
    "## The first five minutes",
    numberedList(firstFiveMinutes.map(ask)),
    "## Causes, the likeliest first",
    ...causes.map((item, index) => cause(item, index, runbook, ask)),
    "## Until it is mended",
    "From safe to drastic.",
    numberedList(mitigations.map(mitigation)),
    "## Done when",
    "All of this has been healthy for 15 minutes:",
    ...doneWhen.map(ask),
    "## Nothing of this?",
    calls(runbook.escalation),
    "## Tell users",
    `> ${runbook.tellUsers}`,
    "## When it fires",
    whenItFires(symptom, links),
    shell,
  ]);
  return `${page}\n`;
}
