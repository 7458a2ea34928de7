import type { Catalog, DEFAULT_MAX_SERIES, DEFAULT_MAX_SESSIONS, LONGEST_APP_KEY } from "@sockscope/catalog";
import type { RefusalCode } from "@sockscope/catalog/protocol";

/** Where a listener binds. */
export interface ListenAddress {
  /** An address or a host name. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

/** A refusal that stands for those of its app and code within a minute. */
export interface RefusedSample {
  readonly event: "refused";
  /** `other` when the request named no configured app. */
  readonly app: string;
  readonly code: RefusalCode;
  /** What was received, shortened and without anything of the body, and what to do. */
  readonly message: string;
  /** How many of the same app and code were not told about since the one before. */
  readonly suppressed: number;
}

/** An app whose browsers may report. */
export interface CollectorApp {
  /** The value of the label `app` on every client metric of this app. Letters, digits, `.`, `_` and `-`; not `other`. */
  readonly name: string;
  /** The exact origins of its pages, as `location.origin` says them. At least one. */
  readonly origins: readonly string[];
  /**
   * Public, since every page carries it: it keeps stray traffic out, not an attacker. Up to {@link LONGEST_APP_KEY}
   * characters. Default: none is asked for.
   */
  readonly key?: string;
}

/** What {@link startCollector} needs to know. */
export interface CollectorOptions {
  /** The ingest listener, which browsers reach. */
  readonly listen: ListenAddress;
  /** The admin listener with metrics and health. Keep it private: what it tells, it tells everybody. */
  readonly admin: ListenAddress;
  /** At least one, with distinct names. Fixes every series that the collector will ever expose. */
  readonly apps: readonly CollectorApp[];
  /** What may be reported, beyond which nothing creates a series. Default: the product's own catalog. */
  readonly catalog?: Catalog;
  /**
   * What pages may be built from, the newest last; of more than five the newest five. Only with a catalog that has
   * releases. Default: none is announced yet.
   */
  readonly releases?: readonly string[];
  /** With it, `POST /releases` on the admin listener announces a release. A secret. Default: nobody may. */
  readonly announceToken?: string;
  /** How many sessions are remembered; more are refused until some expire. Default {@link DEFAULT_MAX_SESSIONS}. */
  readonly maxSessions?: number;
  /**
   * How many series there may be when as many releases are announced as are kept; a collector that could come to more does
   * not start. Default {@link DEFAULT_MAX_SERIES}.
   */
  readonly maxSeries?: number;
  /**
   * Milliseconds since any fixed moment. Default: the monotonic clock, because a wall clock that is set forward would
   * forget sessions early and then count their retries twice.
   */
  readonly clock?: () => number;
  /** Told about a fault of the collector's own while it served a request. Default: one JSON line on stderr. */
  readonly onFault?: (fault: unknown) => void;
  /** Told about refused requests, at most once a minute for each app and code. Default: one JSON line on stderr. */
  readonly onRefused?: (sample: RefusedSample) => void;
  /** The wall clock, in ms since the epoch, for the times that `/status` shows. Default: the system's. */
  readonly wallClock?: () => number;
}
