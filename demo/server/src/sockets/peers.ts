import type { Schedule } from "../schedule.ts";
import type { DemoCloseReason, Peer } from "./peer.ts";

/** Every open connection, in the order in which they came, and when the session of each ends. */
export class Peers implements Iterable<Peer> {
  readonly #schedule: Schedule;
  readonly #now: () => number;
  /** With what calls off the end of its session. */
  readonly #open = new Map<Peer, () => void>();

  constructor(schedule: Schedule, now: () => number) {
    this.#schedule = schedule;
    this.#now = now;
  }

  get size(): number {
    return this.#open.size;
  }

  [Symbol.iterator](): Iterator<Peer> {
    return this.#open.keys();
  }

  add(peer: Peer): void {
    this.#open.set(peer, () => {});
  }

  delete(peer: Peer): void {
    this.#open.get(peer)?.();
    this.#open.delete(peer);
  }

  /** Closes a connection when its session ends, unless that is renewed. */
  endAt(peer: Peer, expiresAtMs: number): void {
    this.#open.get(peer)?.();
    const expire = (): void => peer.end("authentication_expired");
    this.#open.set(peer, this.#schedule(expire, expiresAtMs - this.#now()));
  }

  /** A session was renewed: its connections live on. */
  renewed(sessionId: string, expiresAtMs: number): void {
    for (const peer of this.#open.keys()) if (peer.session?.id === sessionId) this.endAt(peer, expiresAtMs);
  }

  /** Closes every connection of a user. */
  endOf(user: string, reason: DemoCloseReason): void {
    for (const peer of this.#open.keys()) if (peer.session?.user === user) peer.end(reason);
  }

  /** Closes a user's oldest connections where there are more than so many: the newest is the one that is looked at. */
  makeRoom(user: string, most: number): void {
    const own = [...this.#open.keys()].filter((peer) => peer.isOpen && peer.session?.user === user);
    for (const peer of own.slice(0, Math.max(0, own.length - most))) peer.end("rate_limited");
  }
}
