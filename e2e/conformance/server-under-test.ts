import type { Metric } from "@sockscope/catalog";
import type { Action } from "./steps.ts";

/** Whoever does to a server what steps say. */
export interface ActingPeers {
  /** Does one action; rejects when the server does not do its part. */
  act(action: Action): Promise<void>;
  /** Ends what a step that failed left open. */
  leave(): void;
}

/** A server that runs. */
export interface RunningServer {
  /** Where its chat is, without a path. */
  readonly url: string;
  readonly metricsUrl: string;
  close(): Promise<void>;
}

/** A chat server of whatever language, which the suite knows over the wire only. */
export interface ServerUnderTest {
  readonly name: string;
  /** Starts it on a free port, with {@link CONFORMANCE} as its configuration. */
  start(): Promise<RunningServer>;
  /** Speaks its protocol. Default: plain WebSockets. */
  readonly peers?: (url: string) => ActingPeers;
  /** Steps that it cannot express, each with the reason. */
  readonly cannot: readonly { readonly step: string; readonly because: string }[];
  /** Metrics that it does not expose, each with the reason. */
  readonly exposesNot: readonly { readonly metric: Metric; readonly because: string }[];
}

/** What every server under test is configured with. */
export const CONFORMANCE = {
  app: "chat",
  /** The only route that is configured; the chat is on {@link UNLISTED_ROUTE}, too. */
  route: "/ws",
  /** The only origin from which an upgrade is accepted. */
  origin: "http://127.0.0.1",
  /** Signs the sessions. */
  secret: "a secret of the conformance suite, and of nobody else",
  /** A connection whose peer does not answer a ping for so long is over. */
  pingTimeoutSeconds: 1,
  mostFrameBytes: 65_536,
} as const;

/** A path that has the chat and is no configured route. */
export const UNLISTED_ROUTE = "/ws/unlisted";
