import type { Schedule } from "../schedule.ts";
import type { Peer } from "./peer.ts";

/** How often every peer is asked whether it is there, in ms: more seldom than a proxy's idle timeout, 60 s for most. */
export const HEARTBEAT_INTERVAL_MS = 30_000;

/**
 * Finds peers that are gone without a word: a laptop that was closed, a network that changed. A browser answers the protocol's
 * pings by itself, also in a tab whose scripts are throttled.
 *
 * See {@link https://www.rfc-editor.org/rfc/rfc6455#section-5.5.2 | RFC 6455, 5.5.2: Ping}.
 */
export class Heartbeat {
  readonly #peers: Iterable<Peer>;
  readonly #schedule: Schedule;
  #callOff: () => void = () => {};

  constructor(peers: Iterable<Peer>, schedule: Schedule) {
    this.#peers = peers;
    this.#schedule = schedule;
  }

  /** Asks from now on, until it is stopped. */
  start(): void {
    this.#callOff = this.#schedule(() => {
      for (const peer of this.#peers) beat(peer);
      this.start();
    }, HEARTBEAT_INTERVAL_MS);
  }

  stop(): void {
    this.#callOff();
  }
}

function beat(peer: Peer): void {
  if (!peer.isOpen) return;
  if (!peer.hasAnswered) {
    peer.end("heartbeat_timeout");
    return;
  }
  peer.hasAnswered = false;
  peer.socket.ping();
}
