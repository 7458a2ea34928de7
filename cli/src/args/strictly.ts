import { UsageError } from "../usage-error.ts";

/**
 * Parses arguments. `parseArgs` explains what is wrong in its first sentence; the rest is advice about quoting.
 *
 * @param command whose help says more
 * @throws UsageError
 */
export function strictly<Parsed>(command: string, parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (error) {
    const [problem] = (error as Error).message.split(/\.\s|\n/, 1);
    throw new UsageError(`${problem}; see sockscope ${command} --help`);
  }
}
