import type { FrameData } from "./server-socket.ts";

/** What the application knows when it accepts a connection. */
export interface ConnectionOptions {
  /** One of the instrumentation's `routes`; any other is counted as `other`. */
  readonly route: string;
  /**
   * How the user was authenticated, as the catalog knows it (any other counts as `other`); `none` for a connection that is
   * about to be closed for it.
   */
  readonly authMethod: string;
  /**
   * Names a frame that is sent; a name that the catalog does not have counts as `other`. Default: the `event`, else the
   * `type`, with which its JSON opens; bytes are `other`.
   */
  readonly sentEvent?: (data: FrameData, isBinary: boolean) => string;
  /** Names a frame that was received. Default: as for `sentEvent`. */
  readonly receivedEvent?: (data: FrameData, isBinary: boolean) => string;
  /**
   * How many bytes may wait for the peer to read. A peer that has more is closed with `slow_consumer`, and what was to be sent
   * counts as a send error. A function is asked at each frame. Default: no limit.
   */
  readonly maxBufferedBytes?: number | (() => number);
}

/** How a frame is sent. */
export interface SendOptions {
  /** When the message was accepted that this frame carries on, as the instrumentation's `now()` reads. Default: it is not timed. */
  readonly acceptedAtMs?: number;
}

/** How a connection is closed. */
export interface CloseWithOptions {
  /** In how many ms the peer should come back. Nothing after codes without advice. Default: the peer's own choice. */
  readonly retryAfterMs?: number;
}
