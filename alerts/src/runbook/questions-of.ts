import type { CommandQuestion, Question } from "./question.ts";
import type { Breakdown, Cause, Runbook, Step } from "./runbook.ts";
import { functionsIn, SHELL_FUNCTIONS } from "./shell.ts";

/** Every question that a runbook asks of Prometheus, in the order of its page, each once. */
export function questionsOf({
  isReal,
  oneOrMany,
  firstFiveMinutes,
  causes,
  doneWhen,
}: Runbook): readonly Question[] {
  const ofCauses = causes.flatMap(({ confirm, verify }) => [confirm, verify]);
  const all = [isReal, oneOrMany.sessions, ...firstFiveMinutes, ...ofCauses, ...doneWhen];
  return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index);
}

/** Every query of a runbook, each once: those of its questions, and those that tell who is hit. */
export function queriesOf(runbook: Runbook): readonly Question["query"][] {
  const all = [...questionsOf(runbook), ...runbook.who].map(({ query }) => query);
  return all.filter(({ promql }, index) => all.findIndex((other) => other.promql === promql) === index);
}

/** Every command of a runbook that answers a question, without those that tell whether its functions work. */
function commandsAsked({ oneOrMany, causes }: Runbook): readonly CommandQuestion[] {
  return [
    ...(oneOrMany.threads === undefined ? [] : [oneOrMany.threads]),
    ...causes.flatMap(({ evidence = [] }) => evidence),
  ];
}

/** Every command of a runbook that answers a question: first whether the functions that it calls do what they are to do. */
export function commandQuestionsOf(runbook: Runbook): readonly CommandQuestion[] {
  const asked = commandsAsked(runbook);
  const texts = [...asked.map(({ command }) => command), ...stepCommandsOf(runbook)].join("\n");
  return [...functionsIn(texts).flatMap((name) => SHELL_FUNCTIONS[name]?.check ?? []), ...asked];
}

/** A runbook with every query changed. */
export function withQueries(
  runbook: Runbook,
  change: (query: Question["query"]) => Question["query"],
): Runbook {
  const changed = <Asked extends Question | Breakdown>(asked: Asked): Asked => ({
    ...asked,
    query: change(asked.query),
  });
  const changedCause = (cause: Cause): Cause => ({
    ...cause,
    confirm: changed(cause.confirm),
    verify: changed(cause.verify),
  });
  const { isReal, oneOrMany, who, firstFiveMinutes, causes, doneWhen } = runbook;
  return {
    ...runbook,
    isReal: changed(isReal),
    oneOrMany: { ...oneOrMany, sessions: changed(oneOrMany.sessions) },
    who: who.map(changed),
    firstFiveMinutes: firstFiveMinutes.map(changed),
    causes: causes.map(changedCause),
    doneWhen: doneWhen.map(changed),
  };
}

/** Every step of a runbook, in the order of its page. */
export function stepsOf({ causes, mitigations }: Runbook): readonly Step[] {
  return [
    ...causes.flatMap(({ fix, undo }) => [...fix, ...undo]),
    ...mitigations.flatMap(({ step, undo }) => [step, undo]),
  ];
}

function stepCommandsOf(runbook: Runbook): readonly string[] {
  return stepsOf(runbook).flatMap(({ command }) => {
    if (command === undefined) return [];
    return typeof command === "string" ? [command] : Object.values(command);
  });
}

/** Every text of a shell that a runbook has. */
export function commandsOf(runbook: Runbook): readonly string[] {
  return [...commandQuestionsOf(runbook).map(({ command }) => command), ...stepCommandsOf(runbook)];
}
