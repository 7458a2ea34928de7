import type { ServerFrame } from "@sockscope/catalog";
import type { Connection } from "@sockscope/server";
import type { FeedbackNotedFrame } from "./feedback.ts";

/** A peer with this much unread has stopped reading; what else is sent to it only fills the memory. */
const MAX_BUFFERED_BYTES = 1_048_576;

/** Sends to one connection, or closes it as a slow consumer when its peer does not read. */
export function deliver(connection: Connection, frame: ServerFrame | FeedbackNotedFrame): void {
  if (connection.bufferedBytes > MAX_BUFFERED_BYTES) connection.close("slow_consumer");
  else connection.send(frame);
}

/** Who hears a thread: every connection of this process that joined it. */
export class Groups {
  readonly #members = new Map<string, Set<Connection>>();

  join(threadId: string, connection: Connection): void {
    const members = this.#members.get(threadId) ?? new Set();
    this.#members.set(threadId, members.add(connection));
  }

  leave(threadId: string, connection: Connection): void {
    const members = this.#members.get(threadId);
    members?.delete(connection);
    if (members?.size === 0) this.#members.delete(threadId);
  }

  /** Sends a frame to every member. */
  send(threadId: string, frame: ServerFrame): void {
    for (const connection of this.#members.get(threadId) ?? []) deliver(connection, frame);
  }
}
