/** Where a listener binds. */
export interface ListenAddress {
  /** An address or a host name. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

/** An app whose browsers may report. */
export interface CollectorApp {
  /** The value of the label `app` on every client metric of this app. Letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** The exact origins of its pages, as `location.origin` says them. At least one. */
  readonly origins: readonly string[];
  /** Public, since every page carries it: it keeps stray traffic out, not an attacker. Default: none is asked for. */
  readonly key?: string;
}

/** What {@link startCollector} needs to know. */
export interface CollectorOptions {
  /** The ingest listener, which browsers reach. */
  readonly listen: ListenAddress;
  /** The admin listener with metrics and health. Keep it private: it is not authenticated. */
  readonly admin: ListenAddress;
  /** At least one, with distinct names. Fixes every series that the collector will ever expose. */
  readonly apps: readonly CollectorApp[];
  /** How many sessions are remembered; more are refused until some expire. Default {@link DEFAULT_MAX_SESSIONS}. */
  readonly maxSessions?: number;
  /**
   * Milliseconds since any fixed moment. Default: the monotonic clock, because a wall clock that is set forward would
   * forget sessions early and then count their retries twice.
   */
  readonly clock?: () => number;
  /** Told about a fault of the collector's own while it served a request. Default: one JSON line on stderr. */
  readonly onFault?: (fault: unknown) => void;
}

/** The default of {@link CollectorOptions.maxSessions}. */
export const DEFAULT_MAX_SESSIONS = 200_000;
