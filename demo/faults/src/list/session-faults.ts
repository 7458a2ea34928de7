import { SERVER_CLOSES, SERVER_HANDSHAKES_REJECTED, TOKEN_REFRESHES } from "@sockscope/catalog";
import { type Fault, moves } from "../fault.ts";

/** Faults of who may be here, with the names of their parameters. */
export interface SessionFaultParameters {
  expire_tokens: never;
  break_refresh: "status";
  forbid_handshake: never;
}

/** See {@link SessionFaultParameters}. */
export const SESSION_FAULTS: {
  readonly [Id in keyof SessionFaultParameters]: Fault<SessionFaultParameters[Id]>;
} = {
  expire_tokens: {
    title: "Expire every token",
    whatUsersSee:
      '"Authentication failed. Please refresh the page." A page that is loaded again, or that renews its session, is connected.',
    metricThatMoves: moves("server", SERVER_CLOSES, { code: "4401", reason: "authentication_expired" }),
    defaultSeconds: 30,
    maxSeconds: 600,
    parameters: {},
  },
  break_refresh: {
    title: "Break the renewal of sessions",
    whatUsersSee:
      "Nothing, as long as they are connected; whoever reconnects goes on trying until it is over.",
    metricThatMoves: moves("client", TOKEN_REFRESHES, { outcome: "failed" }),
    defaultSeconds: 60,
    maxSeconds: 900,
    parameters: {
      status: {
        meaning: "The HTTP status that the renewal answers.",
        default: 503,
        min: 400,
        max: 599,
        isWhole: true,
      },
    },
  },
  forbid_handshake: {
    title: "Refuse handshakes with 403",
    whatUsersSee:
      "Whoever is connected stays; whoever comes or reconnects goes on trying, and is told to be reconnecting.",
    metricThatMoves: moves("server", SERVER_HANDSHAKES_REJECTED, { status: "403", credentials: "present" }),
    defaultSeconds: 60,
    maxSeconds: 900,
    parameters: {},
  },
};
