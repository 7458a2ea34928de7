import type { ClientFrame, ServerFrame } from "@sockscope/catalog/runtime";
import type { FrameData, SendOutcome } from "./outbox.ts";
import type { SocketState } from "./socket-state.ts";

/** A frame that did not come where it was meant to go. */
export interface Dropped {
  /**
   * - `duplicate`: a second copy that the server sent.
   * - `overflow`: it made room in the outbox for a later one.
   * - `unconfirmed`: it was sent twice, and the server does not have it.
   * - `closed`: it waited, and the application closed the socket.
   */
  readonly why: "duplicate" | "overflow" | "unconfirmed" | "closed";
  /** As it travels. */
  readonly data: unknown;
}

/**
 * What a chat socket tells.
 *
 * @typeParam Received what the server sends
 */
export interface ChatSocketEvents<Received = ServerFrame> {
  /** A frame of the current connection that is no duplicate. A pong and advice are the socket's own. */
  readonly message: {
    /** What its JSON says, unchecked; undefined where it is none. */
    readonly frame: Received | undefined;
    /** As it travelled. */
    readonly data: unknown;
  };
  /** What it is from now on. */
  readonly state: SocketState;
  /** A frame did not come where it was meant to go. */
  readonly dropped: Dropped;
}

/**
 * A WebSocket that comes back.
 *
 * @typeParam Received what the server sends
 * @typeParam Sent what the application sends
 */
export interface ChatSocket<Received = ServerFrame, Sent = ClientFrame> {
  /** The same object until it changes. */
  readonly state: SocketState;
  /**
   * Sends a frame, or keeps it for the next connection. An object travels as JSON. A frame with `meta.message_id` that was sent
   * just before a connection died, and of which neither an answer nor a pong came, is sent again, once, unless the rehydration
   * lists it.
   *
   * @throws TypeError for what JSON cannot say
   */
  send(frame: Sent | FrameData): SendOutcome;
  /** Connects now, whatever the state: the user asked for it. */
  reconnect(): void;
  /** Ends the connection, every plan to make one, and what waits in the outbox. */
  close(): void;
  /** Calls `listener` at each event until the returned function is called. */
  on<Type extends keyof ChatSocketEvents<Received>>(
    type: Type,
    listener: (event: ChatSocketEvents<Received>[Type]) => void,
  ): () => void;
  /**
   * The user sees a message. It is measured when he sees one twice.
   *
   * @param key what makes it this message, such as its `queued_message_id`
   * @returns says that it is gone from view
   */
  rendered(key: string): () => void;
}
