import { readSource } from "./root.ts";
import { replaceSection } from "./section.ts";

/** A file of `docs/examples/`, and how Markdown calls its language. */
type Example = readonly [file: string, language: string];

/** The examples that the README shows, which tests compile and run. */
export const README_EXAMPLES: readonly Example[] = [
  ["browser.ts", "ts"],
  ["server.ts", "ts"],
  ["scrape.yml", "yaml"],
  ["sockscope.config.json", "json"],
];

/** The examples that the server's page shows, which are compiled and run. */
export const SERVER_EXAMPLES: readonly Example[] = [
  ["server.ts", "ts"],
  ["socket-io-server.ts", "ts"],
  ["callback-server.ts", "ts"],
  ["cluster-server.ts", "ts"],
];

/** The examples that the SDK's page shows, which are compiled. */
export const SDK_EXAMPLES: readonly Example[] = [
  ["chat-socket.ts", "ts"],
  ["chat-hook.ts", "ts"],
  ["datadog.ts", "ts"],
];

/** An example as it is, in a block of Markdown. */
export function exampleBlock([file, language]: Example): string {
  return `\`\`\`${language}\n${readSource(`docs/examples/${file}`).trimEnd()}\n\`\`\``;
}

/** A page with its examples as they are. */
export function withExamples(page: string, examples: readonly Example[]): string {
  return examples.reduce(
    (result, example) => replaceSection(result, `example ${example[0]}`, exampleBlock(example)),
    page,
  );
}
