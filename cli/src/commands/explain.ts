import { parseArgs } from "node:util";
import { catalogOf, readConfig } from "@sockscope/config";
import { strictly } from "../args/strictly.ts";
import type { Command } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Explanation } from "../explain/explanation.ts";
import { explanationsOf } from "../explain/explanations-of.ts";
import { findExplanation } from "../explain/find-explanation.ts";
import { formatExplanation } from "../explain/format-explanation.ts";
import { EXPLANATIONS } from "../generated/explanations.ts";
import { nearestNames } from "../nearest-names.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const USAGE = `usage: sockscope explain [NAME] [--config FILE]

Says what a metric, alert, recording rule, target, close code or error is, what
it may be used for, who records it and who reads it. Without a name, lists what
can be explained.

  --config FILE   explains what the deployment of sockscope.config.json has: its own metrics, frames and close codes,
                  its numbers, its recorded names (SOCKSCOPE_CONFIG)`;

/** The fact that names files of this product's source. */
const SOURCE_OF_ERRORS = "It comes from";

/** `sockscope explain`: what a name means that somebody met on a panel, in a pager or in an answer. */
export const explainCommand: Command = {
  name: "explain",
  summary: "says what a metric, alert, rule, target, close code or error is",
  usage: USAGE,
  run: explain,
};

async function explain(args: readonly string[], { print, environment }: Terminal): Promise<ExitCode> {
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
  if (name === undefined) {
    print(listing(explanations));
    return EXIT.done;
  }
  const explanation = findExplanation(name, explanations);
  if (explanation === undefined) {
    const nearest = nearestNames(
      name,
      explanations.map((known) => known.name),
    ).join(", ");
    throw new UsageError(`there is nothing named "${name}"; did you mean ${nearest}?`);
  }
  print(formatExplanation(explanation));
  return EXIT.done;
}

async function explanationsWith(file: string | undefined): Promise<readonly Explanation[]> {
  if (!file) return EXPLANATIONS;
  const config = await readConfig(file);
  // Errors are the same for every deployment. Where they are in this product's source is of no use to it.
  const errors = EXPLANATIONS.filter(({ kind }) => kind === "error").map((error) => ({
    ...error,
    facts: error.facts.filter(([name]) => name !== SOURCE_OF_ERRORS),
  }));
  return [...explanationsOf(catalogOf(config), config.links), ...errors];
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
