/** The configured routes cannot become label values. */
export class InvalidRoutesError extends Error {
  override readonly name = "InvalidRoutesError";
  readonly code = "SOCKSCOPE_ERR_ROUTES";
  /** What was configured. */
  readonly routes: readonly string[];

  constructor(problem: string, routes: readonly string[]) {
    super(`routes ${JSON.stringify(routes)}: ${problem}`);
    this.routes = routes;
  }
}
