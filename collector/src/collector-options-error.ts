/** An option of `startCollector` that it cannot work with. The message names the option, its value and what to do. */
export class CollectorOptionsError extends Error {
  override readonly name = "CollectorOptionsError";
  readonly code = "SOCKSCOPE_ERR_OPTIONS";
  /** The option at fault, for example `apps[0].origins[1]`. */
  readonly option: string;

  constructor(option: string, problem: string) {
    super(`${option}: ${problem}`);
    this.option = option;
  }
}
