import type { Command } from "../command.ts";
import type { Explanation } from "../explain/explanation.ts";
import { findExplanation, nearestNames } from "../explain/find-explanation.ts";
import { formatExplanation } from "../explain/format-explanation.ts";
import { EXPLANATIONS } from "../generated/explanations.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const USAGE = `usage: sockscope explain [NAME]

Says what a metric, alert, recording rule, target, close code or error is, what
it may be used for, who records it and who reads it. Without a name, lists what
can be explained.`;

/** `sockscope explain`: what a name means that somebody met on a panel, in a pager or in an answer. */
export const explainCommand: Command = {
  name: "explain",
  summary: "says what a metric, alert, rule, target, close code or error is",
  usage: USAGE,
  run: explain,
};

async function explain(args: readonly string[], { print }: Terminal): Promise<void> {
  const [name, ...more] = args;
  if (more.length > 0) throw new UsageError(`explain takes one name, and got ${args.length}`);
  if (name === undefined) return print(listing(EXPLANATIONS));
  const explanation = findExplanation(name, EXPLANATIONS);
  if (explanation === undefined) {
    const nearest = nearestNames(name, EXPLANATIONS).join(", ");
    throw new UsageError(`there is nothing named "${name}"; did you mean ${nearest}?`);
  }
  print(formatExplanation(explanation));
}

function listing(explanations: readonly Explanation[]): string {
  const kinds = [...new Set(explanations.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const names = explanations.filter((explanation) => explanation.kind === kind);
      return [`${kind}:`, ...names.map(({ name }) => `  ${name}`)].join("\n");
    })
    .join("\n\n");
}
