import type { ChatErrorCode, ServerFrame } from "@sockscope/catalog";
import type { FeedbackNotedFrame } from "../frames/feedback.ts";

/** One connection in the chat. */
export interface Participant {
  readonly correlationId: string;
  /** Whose connection it is; undefined for somebody whom nobody knows. */
  readonly user: string | undefined;
  /** The thread of the last hello; undefined before the first. */
  threadId: string | undefined;
  /** Every thread that it has said hello to. */
  readonly greeted: Set<string>;
  /**
   * Sends a frame, or its JSON; or ends the connection of a peer that does not read.
   *
   * @param acceptedAtMs when what it carries was accepted, by the server's clock; only what users say and are answered has that
   */
  send(frame: ServerFrame | FeedbackNotedFrame | string, acceptedAtMs?: number): void;
  /** Counts a frame that was answered with an error. */
  refused(code: ChatErrorCode): void;
  /** Counts a hello that could not be answered. */
  rehydrationFailed(): void;
  /** Names the thread in the log. */
  setThread(threadId: string): void;
}
