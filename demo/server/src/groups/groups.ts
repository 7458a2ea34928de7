import type { ServerFrame } from "@sockscope/catalog";
import type { Relay } from "./relay.ts";

/** Somebody who hears a thread. */
export interface Member {
  /**
   * Takes a frame as its JSON.
   *
   * @param acceptedAtMs when what it carries was accepted, by the server's clock
   */
  send(text: string, acceptedAtMs?: number): void;
}

/** Who hears a thread: every connection that joined it, in this process and, with a relay, in others. */
export class Groups {
  readonly #members = new Map<string, Set<Member>>();
  readonly #relay: Relay | undefined;

  constructor(relay?: Relay) {
    this.#relay = relay;
    relay?.listen((threadId, text, acceptedAtMs) => this.#deliver(threadId, text, acceptedAtMs));
  }

  join(threadId: string, member: Member): void {
    const members = this.#members.get(threadId);
    if (members !== undefined) members.add(member);
    else {
      this.#members.set(threadId, new Set([member]));
      this.#relay?.follow(threadId);
    }
  }

  leave(threadId: string, member: Member): void {
    const members = this.#members.get(threadId);
    members?.delete(member);
    if (members?.size !== 0) return;
    this.#members.delete(threadId);
    this.#relay?.unfollow(threadId);
  }

  /** Whether somebody in this process hears a thread. */
  has(threadId: string): boolean {
    return this.#members.has(threadId);
  }

  /** Sends a frame to every member. It becomes JSON once, however many they are. */
  send(threadId: string, frame: ServerFrame, acceptedAtMs?: number): void {
    const text = JSON.stringify(frame);
    this.#deliver(threadId, text, acceptedAtMs);
    this.#relay?.publish(threadId, text, acceptedAtMs);
  }

  /** Sends a frame to the members in this process. */
  sendHere(threadId: string, frame: ServerFrame): void {
    this.#deliver(threadId, JSON.stringify(frame), undefined);
  }

  /** Sends a frame to the members in other processes. */
  sendElsewhere(threadId: string, frame: ServerFrame): void {
    this.#relay?.publish(threadId, JSON.stringify(frame));
  }

  #deliver(threadId: string, text: string, acceptedAtMs: number | undefined): void {
    for (const member of this.#members.get(threadId) ?? []) member.send(text, acceptedAtMs);
  }
}
