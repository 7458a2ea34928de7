import { readSource } from "./root.ts";
import { replaceSection } from "./section.ts";

/** The examples that the README shows: files of `docs/examples/`, which tests compile and run. */
const EXAMPLES: readonly (readonly [file: string, language: string])[] = [
  ["browser.ts", "ts"],
  ["server.ts", "ts"],
  ["scrape.yml", "yaml"],
  ["sockscope.config.json", "json"],
];

/** A page with its examples as they are. */
export function withExamples(page: string): string {
  return EXAMPLES.reduce((result, [file, language]) => {
    const code = readSource(`docs/examples/${file}`).trimEnd();
    return replaceSection(result, `example ${file}`, `\`\`\`${language}\n${code}\n\`\`\``);
  }, page);
}
