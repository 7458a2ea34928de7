/** Identifies a {@link SockscopeTokenError}, also one of another copy of this module. */
const CODE = "SOCKSCOPE_ERR_REFRESH";

/** What is known of a failed refresh besides its message. */
export interface TokenErrorDetails {
  /** The HTTP status of the answer, where there was one. */
  readonly status?: number;
  /** How long the endpoint asked to wait, in ms. Default: 0. */
  readonly retryAfterMs?: number;
  /** What was thrown underneath. */
  readonly cause?: unknown;
}

/** A refresh failed: the endpoint refused it, could not be reached, took too long, or its answer could not be read. */
export class SockscopeTokenError extends Error {
  override readonly name = "SockscopeTokenError";
  /** Stable, with a heading in docs/ERRORS.md. */
  readonly code: typeof CODE = CODE;
  /** The HTTP status of the endpoint's answer; undefined when none came. */
  readonly status: number | undefined;
  /** How long the endpoint's `Retry-After` asks to wait, in ms; 0 when there was none that the page may read. */
  readonly retryAfterMs: number;
  /** Whether the endpoint says that there is no session to refresh (401 or 403): only a sign-in helps. */
  readonly isSignedOut: boolean;

  /** @param what what happened */
  constructor(what: string, { status, retryAfterMs = 0, cause }: TokenErrorDetails = {}) {
    super(what, { cause });
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.isSignedOut = status === 401 || status === 403;
  }
}

/** Whether a refresh failed with this, whichever bundle's class it is. */
export function isTokenError(error: unknown): error is SockscopeTokenError {
  return (error as Partial<SockscopeTokenError> | null | undefined)?.code === CODE;
}
