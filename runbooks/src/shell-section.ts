import {
  commandsOf,
  functionsIn,
  type Platform,
  type Runbook,
  SHELL_FUNCTIONS,
  SHELL_VARIABLES,
  variablesIn,
} from "@sockscope/alerts";
import { commandText, platformName } from "./asked.ts";
import { fence, joined } from "./markdown.ts";

function definitions(names: readonly string[], platform: Platform): string {
  return joined([
    `${platformName(platform)}:`,
    fence("sh", names.flatMap((name) => SHELL_FUNCTIONS[name]?.platforms[platform] ?? []).join("\n")),
  ]);
}

function checkText(name: string): string | undefined {
  const check = SHELL_FUNCTIONS[name]?.check;
  return check === undefined
    ? undefined
    : joined([`Ask this before any other of \`${name}\`:`, commandText(check)]);
}

/** What somebody sets in a shell before the commands of a page do what they say. */
export function shellSection(runbook: Runbook): string | undefined {
  const commands = commandsOf(runbook).join("\n");
  const functions = functionsIn(commands);
  const platforms: readonly Platform[] = ["kubernetes", "hosts"];
  const bodies = functions.flatMap((name) => Object.values(SHELL_FUNCTIONS[name]?.platforms ?? {}));
  const variables = variablesIn([commands, ...bodies].join("\n"));
  if (variables.length === 0) return undefined;
  return joined([
    "## Shell",
    "Set these in a shell (bash, with curl, jq and redis-cli where a command names them):",
    variables.map((name) => `- \`${name}\`: ${SHELL_VARIABLES[name]}`).join("\n"),
    ...functions.map((name) => `\`${name}\` ${SHELL_FUNCTIONS[name]?.means}:`),
    ...(functions.length === 0 ? [] : platforms.map((platform) => definitions(functions, platform))),
    ...functions.flatMap((name) => checkText(name) ?? []),
  ]);
}
