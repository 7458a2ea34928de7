import type { TargetId } from "@sockscope/catalog";
import { TOO_FEW } from "@sockscope/dashboards";
import type { PromqlNode } from "@sockscope/promql";
import type { AnsweredSeries } from "@sockscope/stack/grafana";
import { type Answered, placeOf } from "./executed.test-support.ts";
import { propertyOf, shownUnit } from "./grafana-unit.test-support.ts";
import type { Due, PanelScenario } from "./scenarios.test-support.ts";

/** What answers are held against. */
export type Expected = Pick<PanelScenario, "due" | "isQuiet">;

/** A share that is computed may be above one by the error of the last digit. */
const WHOLE = 1.0001;

/** What compares with the day before, which no scenario has: its own tests have one. */
export const OF_THE_DAY_BEFORE: RegExp = /offset (1d|45m)/;

function valuesOf(series: readonly AnsweredSeries[]): readonly number[] {
  return series.flatMap(({ samples }) => samples.map(([, value]) => value));
}

/** Whether a result may be there without any series, because PromQL makes it up. */
function isMadeUp(node: PromqlNode | undefined): boolean {
  switch (node?.kind) {
    case "call":
      return ["vector", "absent", "time"].includes(node.name) || node.args.some(isMadeUp);
    case "aggregation":
    case "subquery":
      return isMadeUp(node.of);
    case "binary":
      return isMadeUp(node.left) || isMadeUp(node.right);
    default:
      return false;
  }
}

function nodeOf({ panel, target }: Answered): PromqlNode | undefined {
  return panel.queries.find(({ refId }) => refId === target.refId)?.expression.node;
}

/** What is wrong with the values of an answer, whatever happens. */
function valueFaults(answered: Answered): string[] {
  const { panel, target, series, refusal } = answered;
  if (refusal !== undefined) return [`fails: ${refusal}`];
  const values = valuesOf(series);
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) return [`is ${wrong} at times`];
  if (shownUnit(panel, target) !== "percentunit") return [];
  const least = panel.traits.includes("may be less than nothing") ? Number.NEGATIVE_INFINITY : 0;
  const most = panel.traits.includes("may be more than all") ? Number.POSITIVE_INFINITY : WHOLE;
  const beyond = values.find((value) => value < least || value > most);
  return beyond === undefined ? [] : [`is a share of ${beyond}`];
}

function isEmpty({ series }: Answered): boolean {
  return valuesOf(series).length === 0;
}

/** What is missing from the answers of one panel and choice, or there without a reason. */
function emptinessFaults(answers: readonly Answered[], due: Due): string[] {
  switch (due) {
    case "every query":
      return answers
        .filter((answered) => isEmpty(answered) && answered.target.hide !== true)
        .filter(({ target }) => !OF_THE_DAY_BEFORE.test(target.expr) && target.refId !== TOO_FEW)
        .map((answered) => `${placeOf(answered)}: is empty, whatever happens`);
    case "every panel":
      return answers
        .slice(0, 1)
        .filter(({ panel }) => panel.emptyWhere === undefined && answers.every(isEmpty))
        .map((answered) => `${placeOf(answered)}: has nothing to show, and does not say when that is so`);
    case "nothing":
      return answers
        .filter((answered) => !isEmpty(answered) && !isMadeUp(nodeOf(answered)))
        .map((answered) => `${placeOf(answered)}: has a value, and there are no series`);
    default:
      return [];
  }
}

interface Step {
  readonly value: number | null;
  readonly color: string;
}

/** The colour that a value has by the panel's thresholds. */
function colorOf(answered: Answered, value: number): string {
  const { steps = [] } = (propertyOf(answered.panel, answered.target, "thresholds") ?? {}) as {
    steps?: Step[];
  };
  return steps.filter((step) => step.value === null || value >= step.value).at(-1)?.color ?? "";
}

/** Rows of the table of targets that are shares of the pages and connections that are there: quiet ones are known to be well. */
const KEPT_WHILE_QUIET: readonly TargetId[] = ["reconnection_storms", "connection_survival"];

function isKnownWhileQuiet({ panel, target }: Answered, { labels }: AnsweredSeries): boolean {
  // That nothing went wrong is known as soon as there are series; which share went right is not, as long as nothing went.
  if (shownUnit(panel, target) !== "percentunit" || panel.traits.includes("counts events")) return true;
  return panel.traits.includes("of who is there") || KEPT_WHILE_QUIET.some((id) => id === labels["id"]);
}

/** A verdict on what nobody knows: nothing happened. */
function greenFaults(answered: Answered, { due, isQuiet }: Expected): string[] {
  const { panel, series } = answered;
  if (!isQuiet || !["stat", "gauge", "bargauge", "table"].includes(panel.built.type)) return [];
  const judged = series.filter((one) => due === "nothing" || !isKnownWhileQuiet(answered, one));
  const green = judged.find((one) =>
    valuesOf([one]).some((value) => colorOf(answered, value).includes("green")),
  );
  if (green === undefined) return [];
  return [`is green (${valuesOf([green])[0]}${JSON.stringify(green.labels)}), and nothing happens`];
}

/** Answers of a panel for the same choice. */
export function byPanel(answers: readonly Answered[]): readonly (readonly Answered[])[] {
  const groups = new Map<string, Answered[]>();
  for (const answered of answers) {
    const key = `${answered.panel.title} ${answered.choice}`;
    groups.set(key, [...(groups.get(key) ?? []), answered]);
  }
  return [...groups.values()];
}

/** What is wrong with the values of all panels: what they are, where they are missing, and where they ought to be. */
export function answerFaults(answers: readonly Answered[], expected: Expected): string[] {
  const ofEach = answers.flatMap((answered) =>
    [...valueFaults(answered), ...greenFaults(answered, expected)].map(
      (fault) => `${placeOf(answered)}: ${fault}`,
    ),
  );
  return [...ofEach, ...byPanel(answers).flatMap((panel) => emptinessFaults(panel, expected.due))];
}
