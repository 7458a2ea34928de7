/**
 * What a chat socket has at a moment. Times are in ms since the epoch.
 *
 * - `connecting`: an attempt runs, its token included.
 * - `open`: there is a connection.
 * - `waiting`: the next attempt comes by itself.
 * - `offline`: no attempt is made but a probe now and then, until the network is back; or, `frozen`, until the page is.
 * - `gave_up`: all attempts failed. One more comes when the user asks for it, the network returns, or the page is seen again.
 * - `rejected`: the server closed with a code after which trying again does not help. The message is for the user.
 * - `closed`: on purpose, by either side.
 *
 * `isAdvised` is there where the server said when to come back: such an attempt does not count, so `attempt` stands still.
 */
export type SocketState =
  | { readonly status: "connecting"; readonly attempt: number; readonly isAdvised?: true }
  | { readonly status: "open"; readonly since: number }
  | {
      readonly status: "waiting";
      readonly attempt: number;
      readonly retryAt: number;
      readonly isAdvised?: true;
    }
  | { readonly status: "offline"; readonly reason: "network" | "frozen" }
  | { readonly status: "gave_up"; readonly attempts: number }
  | { readonly status: "rejected"; readonly code: number; readonly message: string }
  | { readonly status: "closed" };

/** Before anything has happened. */
export const FIRST_ATTEMPT: SocketState = { status: "connecting", attempt: 1 };

/** What a user is told who is not known any more. */
export const AUTHENTICATION_FAILED = "Authentication failed. Please refresh the page.";
