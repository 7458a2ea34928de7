import type { ServerFrame } from "@sockscope/catalog";
import type { FeedbackNotedFrame } from "../feedback.ts";

/** One connection in the chat. */
export interface Participant {
  readonly correlationId: string;
  /** The thread of the last hello; undefined before the first. */
  threadId: string | undefined;
  /** Every thread that it has said hello to. */
  readonly greeted: Set<string>;
  /** Sends a frame, or its JSON; or ends the connection of a peer that does not read. */
  send(frame: ServerFrame | FeedbackNotedFrame | string): void;
  /** Names the thread in the log. */
  setThread(threadId: string): void;
}
