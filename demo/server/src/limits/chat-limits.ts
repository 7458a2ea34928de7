import { MAX_CLIENT_FRAME_BYTES } from "@sockscope/catalog";

/** How much of everything one server takes. */
export interface ChatLimits {
  /** Open connections of all users; one more is told to come back later. */
  readonly maxConnections: number;
  /** Open connections of one user; the oldest makes room. */
  readonly maxConnectionsPerUser: number;
  /** Frames a connection may send in a second, for long. */
  readonly framesPerSecond: number;
  /** Frames a connection may send at once: a page that comes back sends all that waited. */
  readonly frameBurst: number;
  readonly maxFrameBytes: number;
  /** Different threads that one connection may say hello to. */
  readonly maxThreadsPerConnection: number;
  /** Threads that one user may begin in a minute, over all connections. */
  readonly newThreadsPerMinute: number;
  /** Messages of one thread that wait for their reply. */
  readonly maxPendingReplies: number;
  /** A peer with this much unread has stopped reading; what else is sent to it only fills the memory. */
  readonly maxBufferedBytes: number;
}

/** What a demo takes unless it is told otherwise. */
export const DEFAULT_LIMITS: ChatLimits = {
  maxConnections: 10_000,
  maxConnectionsPerUser: 50,
  framesPerSecond: 10,
  frameBurst: 120,
  maxFrameBytes: MAX_CLIENT_FRAME_BYTES,
  maxThreadsPerConnection: 50,
  newThreadsPerMinute: 60,
  maxPendingReplies: 8,
  maxBufferedBytes: 1_048_576,
};
