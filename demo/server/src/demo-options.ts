import type { ChatLimits } from "./limits/chat-limits.ts";
import type { Schedule } from "./schedule.ts";

/** How to start the demo. */
export interface DemoOptions {
  /** The base URL of the collector that the page reports to. The collector must allow the page's origin. */
  readonly collectorUrl: string;
  /** The app's name in the collector's configuration, and the label `app` of the server's metrics. Default: `chat`. */
  readonly app?: string;
  /** Where the page and its WebSocket listen. Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: 0, any free port. */
  readonly port?: number;
  /** Where the metrics listen. Default: 127.0.0.1. */
  readonly metricsHost?: string;
  /** Default: 0, any free port. */
  readonly metricsPort?: number;
  /** The directory of the built page. Default: what `npm run build` of this package writes. */
  readonly pageDir?: string;
  /**
   * Where the keys of sessions, those that are signed out, and without Redis the threads, outlive the process. Processes with the same
   * Redis may share it; without one it is for one process at a time. Default: nowhere, so that a restart ends every session, and no
   * process knows those of another.
   */
  readonly stateDir?: string;
  /** A Redis that several processes share, for threads, groups and what becomes of sessions; their keys are in {@link stateDir}. Default: none, so that each is alone. */
  readonly redisUrl?: string;
  /**
   * Origins whose pages may connect besides the demo's own, such as `https://chat.example`. Default: none. Behind a proxy that does not say
   * `X-Forwarded-Proto`, or on loopback, the demo does not know its own name, so it is one of them.
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * Whether the page is reached under loopback's names only, although it listens elsewhere: in a container whose port is published on
   * loopback. Default: if it listens there.
   */
  readonly publishedOnLoopback?: boolean;
  /** The folder of the runbooks that alerts lead to, served at `/runbooks/`. Default: none. */
  readonly runbooksDir?: string;
  /** Whether the session's cookie travels over https only. Default: if a proxy says that the page did. */
  readonly secureCookie?: boolean;
  /** Whether a session's token may stand in the WebSocket's address, where logs show it. Default: false. */
  readonly developmentQueryToken?: boolean;
  /** How much is taken of everything. Default: `DEFAULT_LIMITS`. */
  readonly limits?: Partial<ChatLimits>;
  /** Takes structured log lines. Default: no log. */
  readonly log?: (line: object) => void;
  /** Times everything. Default: Node's timers. */
  readonly schedule?: Schedule;
  /** Default: `Math.random`. */
  readonly random?: () => number;
  /** The wall clock, in ms since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

/** A running demo. */
export interface Demo {
  /** The base URL of the page; its WebSocket is at `/ws`. */
  readonly pageUrl: string;
  /** The base URL of `/metrics`, `/healthz` and `/faults`. */
  readonly metricsUrl: string;
  /** How many series `/metrics` has at the most, whatever clients send. */
  readonly maxSeries: number;
  /**
   * A new key signs sessions from now on; the one before still verifies. Processes that share a state directory share both, so one of
   * them does it for all. Throws when it cannot be kept.
   */
  rotateKeys(): void;
  /** Drains the chat, then stops. Takes a few seconds at most. */
  close(): Promise<void>;
}
