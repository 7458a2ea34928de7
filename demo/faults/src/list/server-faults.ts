import { SERVER_CLOSES, SERVER_REHYDRATIONS } from "@sockscope/catalog";
import { type Fault, moves } from "../fault.ts";

/** Faults of the chat server itself, with the names of their parameters. */
export interface ServerFaultParameters {
  consumer_error: "share";
  overload: "retryAfterMs";
  restart: "spreadMs";
  slow_consumer: "bufferedBytes";
  stop_redis: never;
}

/** See {@link ServerFaultParameters}. */
export const SERVER_FAULTS: {
  readonly [Id in keyof ServerFaultParameters]: Fault<ServerFaultParameters[Id]>;
} = {
  consumer_error: {
    title: "Throw while a frame is answered",
    whatUsersSee:
      "The connection drops with what they send, and is back a moment later; the message is sent again.",
    metricThatMoves: moves("server", SERVER_CLOSES, { code: "1011", reason: "internal_error" }),
    defaultSeconds: 30,
    maxSeconds: 600,
    parameters: {
      share: { meaning: "Which share of the frames fails.", default: 1, min: 0, max: 1 },
    },
  },
  overload: {
    title: "Turn everybody away",
    whatUsersSee:
      '"The server asked to wait": everybody is disconnected, and whoever comes back is turned away again and waits longer each time. So a page may be back only some time after it is over.',
    metricThatMoves: moves("server", SERVER_CLOSES, { code: "1013", reason: "overload" }),
    defaultSeconds: 30,
    maxSeconds: 600,
    parameters: {
      retryAfterMs: {
        meaning: "When the server tells clients to come back, in ms.",
        default: 5_000,
        min: 0,
        max: 300_000,
        isWhole: true,
      },
    },
  },
  restart: {
    title: "Restart the chat",
    whatUsersSee:
      '"Reconnecting" for as long as the restart takes; then they are connected again, and a pending reply arrives once.',
    metricThatMoves: moves("server", SERVER_CLOSES, { code: "1012", reason: "restart" }),
    defaultSeconds: 5,
    maxSeconds: 120,
    parameters: {
      spreadMs: {
        meaning: "Over which time clients are told to come back, in ms.",
        default: 2_000,
        min: 0,
        max: 60_000,
        isWhole: true,
      },
    },
  },
  slow_consumer: {
    title: "Let no page read",
    whatUsersSee: "Nothing arrives any more; with enough of it, the connection drops and is made again.",
    metricThatMoves: moves("server", SERVER_CLOSES, { code: "1013", reason: "slow_consumer" }),
    defaultSeconds: 30,
    maxSeconds: 600,
    parameters: {
      bufferedBytes: {
        meaning: "After how many unread bytes the server gives a page up.",
        default: 1_024,
        min: 1,
        max: 1_048_576,
        isWhole: true,
      },
    },
  },
  stop_redis: {
    title: "Cut the way to Redis",
    whatUsersSee:
      "Pages of one process go on talking; those of others hear nothing of it, and a thread that the process does not know cannot be shown.",
    metricThatMoves: moves("server", SERVER_REHYDRATIONS, { outcome: "failed" }),
    needs: "redis",
    defaultSeconds: 30,
    maxSeconds: 600,
    parameters: {},
  },
};
