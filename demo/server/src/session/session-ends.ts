import type { Peers } from "../sockets/peers.ts";
import { RENEWABLE_MS } from "./renewal.ts";
import type { SessionNews, SessionRelay } from "./session-relay.ts";
import type { Session } from "./session-tokens.ts";
import type { SignedOutSessions } from "./signed-out.ts";

/** What the ends of sessions need from outside. */
export interface SessionEndsEnvironment {
  readonly signedOut: SignedOutSessions;
  readonly peers: Pick<Peers, "renewed" | "endOf">;
  /** Undefined where a process is alone. */
  readonly relay: SessionRelay | undefined;
}

/** When sessions end, for the connections that they have, in this process and in others. */
export class SessionEnds {
  readonly #environment: SessionEndsEnvironment;

  constructor(environment: SessionEndsEnvironment) {
    this.#environment = environment;
    environment.relay?.listen((news) => this.#heard(news));
  }

  /** Connections of this session live on until then. */
  renew(id: string, expiresAtMs: number): void {
    this.#environment.peers.renewed(id, expiresAtMs);
    this.#environment.relay?.tell({ event: "renewed", id, expiresAtMs });
  }

  /**
   * Ends a session for good. Whoever signs out is out, whatever becomes of the disk.
   *
   * @throws Error of the system when a restart would forget it
   */
  signOut({ id, user }: Session, expiresAtMs: number): void {
    const { signedOut, peers, relay } = this.#environment;
    const untilMs = expiresAtMs + RENEWABLE_MS;
    try {
      signedOut.add(id, untilMs);
    } finally {
      peers.endOf(user, "authentication_required");
      relay?.tell({ event: "signed_out", id, user, untilMs });
    }
  }

  #heard(news: SessionNews): void {
    const { signedOut, peers } = this.#environment;
    if (news.event === "renewed") peers.renewed(news.id, news.expiresAtMs);
    else {
      signedOut.learn(news.id, news.untilMs);
      peers.endOf(news.user, "authentication_required");
    }
  }
}
