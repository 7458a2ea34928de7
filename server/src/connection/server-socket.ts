/** What a frame travels as: text, or bytes as the libraries hand them over. */
export type FrameData = string | Buffer | ArrayBuffer | ArrayBufferView | readonly Buffer[];

/**
 * The part of a WebSocket that a connection needs to act on it. What happens to the socket it is told, by the adapter of a
 * library or by the application itself: see the second half of `Connection`.
 */
export interface ServerSocket {
  /**
   * Hands a text frame to the socket.
   *
   * @param written is called once the frame has left the process, with an error when it could not; a socket that never knows may
   *   ignore it, and then the frame counts as written when this returns
   * @returns `"told later"` when `written` will be called; `"dropped"` when the peer is too far behind and the frame is not sent;
   *   anything else means that it is
   */
  send(text: string, written?: (error?: Error | null) => void): unknown;
  /** Closes with a close frame. */
  close(code: number, reason: string): void;
  /** Cuts the connection without a close frame. Default: the socket cannot. */
  terminate?(): void;
  /** Whether the socket takes frames. Default: until it is closed from either side, as the connection was told. */
  isOpen?(): boolean;
  /** Whether the socket is gone for good, even if nobody could tell. Default: only when the connection was told. */
  isGone?(): boolean;
  /** The code of the close event that was missed, where {@link isGone} is known without having been told. Default: 1006. */
  closeCode?(): number | undefined;
  /** Bytes handed to the socket and not yet to the network. Default: unknown, counted as none. */
  bufferedBytes?(): number;
}
