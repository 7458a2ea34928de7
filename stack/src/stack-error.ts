/** A part of the stack did not start, or stopped on its own. */
export class StackError extends Error {
  override readonly name = "StackError";
  readonly code = "SOCKSCOPE_ERR_STACK";
  /** The part's name, as the status lines show it. */
  readonly part: string;

  /**
   * @param part the part's name
   * @param why what happened and what to do, in one sentence
   */
  constructor(part: string, why: string, options?: ErrorOptions) {
    super(`${part}: ${why}`, options);
    this.part = part;
  }
}
