import { APP_NAME_RULE } from "@sockscope/catalog";

/** The configured app cannot become a label value. */
export class InvalidAppError extends Error {
  override readonly name = "InvalidAppError";
  readonly code = "SOCKSCOPE_ERR_APP_NAME";
  /** What was configured. */
  readonly app: unknown;

  constructor(app: unknown) {
    super(`app ${JSON.stringify(app)} cannot be a label; ${APP_NAME_RULE}`);
    this.app = app;
  }
}
