/** A file would be overwritten that no generator wrote. The message names each such file and says what to do. */
export class NotGeneratedError extends Error {
  override readonly name = "NotGeneratedError";
  readonly code = "SOCKSCOPE_ERR_NOT_GENERATED";
  /** Within the folder. */
  readonly paths: readonly string[];

  constructor(paths: readonly string[]) {
    const [are, them] = paths.length === 1 ? ["is there and was", "it"] : ["are there and were", "them"];
    super(`${paths.join(", ")} ${are} not generated; move ${them} away, or overwrite ${them} with --force`);
    this.paths = paths;
  }
}
