import { parseArgs } from "node:util";
import { catalogOf, readConfig } from "@sockscope/config";
import { strictly } from "../args/strictly.ts";
import type { Command } from "../command.ts";
import type { Explanation } from "../explain/explanation.ts";
import { findExplanation, nearestNames } from "../explain/find-explanation.ts";
import { formatExplanation } from "../explain/format-explanation.ts";
import { ownExplanations } from "../explain/own-explanations.ts";
import { EXPLANATIONS } from "../generated/explanations.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const USAGE = `usage: sockscope explain [NAME] [--config FILE]

Says what a metric, alert, recording rule, target, close code or error is, what
it may be used for, who records it and who reads it. Without a name, lists what
can be explained.

  --config FILE   explains the metrics and close codes of sockscope.config.json, too (SOCKSCOPE_CONFIG)`;

/** `sockscope explain`: what a name means that somebody met on a panel, in a pager or in an answer. */
export const explainCommand: Command = {
  name: "explain",
  summary: "says what a metric, alert, rule, target, close code or error is",
  usage: USAGE,
  run: explain,
};

async function explain(args: readonly string[], { print, environment }: Terminal): Promise<void> {
  const { positionals, values } = strictly("explain", () =>
    parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: { config: { type: "string" } },
    }),
  );
  const [name, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`explain takes one name, and got ${positionals.length}`);
  const explanations = await explanationsWith(values.config ?? environment["SOCKSCOPE_CONFIG"]);
  if (name === undefined) return print(listing(explanations));
  const explanation = findExplanation(name, explanations);
  if (explanation === undefined) {
    const nearest = nearestNames(name, explanations).join(", ");
    throw new UsageError(`there is nothing named "${name}"; did you mean ${nearest}?`);
  }
  print(formatExplanation(explanation));
}

async function explanationsWith(config: string | undefined): Promise<readonly Explanation[]> {
  if (!config) return EXPLANATIONS;
  return [...EXPLANATIONS, ...ownExplanations(catalogOf(await readConfig(config)), EXPLANATIONS)];
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
