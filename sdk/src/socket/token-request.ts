/** What a socket says when it asks for an access token, before every connect. */
export interface TokenRequest {
  /** Aborted when the attempt is given up: whatever comes then is not used. */
  readonly signal: AbortSignal;
  /** Whether the token that there is does not serve: the server refused it, or handshakes fail repeatedly. */
  readonly isForced: boolean;
}
