/** Something in a configuration that cannot work. */
export interface Mistake {
  /** Where, such as `apps[0].origins[1]`; empty for the whole. */
  readonly path: string;
  /** What was received and what to do, in one line. */
  readonly problem: string;
}

/** A configuration cannot work. The message names every mistake, by path, value and what to do. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "SOCKSCOPE_ERR_CONFIG";
  readonly mistakes: readonly Mistake[];

  /** @param source the file's name, or what else the configuration came from */
  constructor(source: string, mistakes: readonly Mistake[]) {
    const lines = mistakes.map(({ path, problem }) => (path === "" ? problem : `${path}: ${problem}`));
    super(lines.length === 1 ? `${source}: ${lines[0]}` : [`${source}:`, ...lines].join("\n  "));
    this.mistakes = mistakes;
  }
}
