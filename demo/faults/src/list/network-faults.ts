import { RTT, SERVER_CLOSES } from "@sockscope/catalog";
import { type Fault, moves } from "../fault.ts";

/** Faults of the way between a page and the chat, with the names of their parameters. */
export interface NetworkFaultParameters {
  cut_network: never;
  stall_network: never;
  half_open: never;
  idle_timeout: "idleSeconds";
  lifetime_limit: "lifetimeSeconds";
}

/** See {@link NetworkFaultParameters}. */
export const NETWORK_FAULTS: {
  readonly [Id in keyof NetworkFaultParameters]: Fault<NetworkFaultParameters[Id]>;
} = {
  cut_network: {
    title: "Cut the network",
    whatUsersSee: '"Reconnecting"; what they write is sent when the network is back.',
    metricThatMoves: moves("server", SERVER_CLOSES, { code: "1006", reason: "lost" }),
    defaultSeconds: 10,
    maxSeconds: 600,
    parameters: {},
  },
  stall_network: {
    title: "Stall the network",
    whatUsersSee: "Nothing arrives and nothing is lost: all of it comes at once when the stall is over.",
    metricThatMoves: moves("client", RTT, {}),
    defaultSeconds: 5,
    maxSeconds: 600,
    parameters: {},
  },
  half_open: {
    title: "Lose the network without a word",
    whatUsersSee: "Nothing at first; both sides find out by their heartbeats, and the page reconnects.",
    metricThatMoves: moves("server", SERVER_CLOSES, { code: "3008", reason: "heartbeat_timeout" }),
    defaultSeconds: 90,
    maxSeconds: 600,
    parameters: {},
  },
  idle_timeout: {
    title: "Let a proxy end idle connections",
    whatUsersSee:
      "A page that nobody talks to, and that says nothing, reconnects again and again: both heartbeats come later than the proxy waits.",
    metricThatMoves: moves("server", SERVER_CLOSES, { code: "1006", reason: "lost" }),
    defaultSeconds: 900,
    maxSeconds: 3_600,
    parameters: {
      idleSeconds: {
        meaning:
          "After how many seconds without a byte in either direction the proxy ends a connection; with more than a heartbeat takes, it ends none.",
        default: 20,
        min: 0.1,
        max: 3_600,
      },
    },
  },
  lifetime_limit: {
    title: "Let a proxy end every connection after a while",
    whatUsersSee:
      "Everybody reconnects again and again, also who is in the middle of a chat: no heartbeat puts it off.",
    metricThatMoves: moves("server", SERVER_CLOSES, { code: "1006", reason: "lost" }),
    defaultSeconds: 900,
    maxSeconds: 3_600,
    parameters: {
      lifetimeSeconds: {
        meaning:
          "How many seconds after its opening the proxy ends a connection, whatever was sent; one that is open already counts from now.",
        default: 60,
        min: 0.1,
        max: 3_600,
      },
    },
  },
};
