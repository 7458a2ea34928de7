import { once } from "node:events";
import { WebSocket } from "ws";
import { breakTheProtocol, crossTheClose, Heard } from "./peer-parts.ts";
import { type ActingPeers, CONFORMANCE } from "./server-under-test.ts";
import { type Session, sessionToken } from "./session-token.ts";
import type { Action } from "./steps.ts";

/** How a connection ended, as its peer saw it. */
interface End {
  readonly code: number;
  readonly text: string;
}

/** One open connection. */
class Peer {
  readonly socket: WebSocket;
  readonly ended: Promise<End>;
  readonly #heard = new Heard();

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.ended = new Promise((resolve) =>
      socket.on("close", (code, text) => resolve({ code, text: text.toString() })),
    );
    // A connection that the server drops is an error to this client, and then its end.
    socket.on("error", () => {});
    socket.on("message", (text) => this.#heard.frame(text.toString()));
  }

  /** Waits for a frame of this event, and forgets what came before. */
  hear(event: string): Promise<void> {
    return this.#heard.next(
      event,
      this.ended.then(({ code }) => `closed with ${code}`),
    );
  }
}

/** Does to a server what steps say. */
export class Peers implements ActingPeers {
  readonly #url: string;
  readonly #peers = new Map<string, Peer>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Does one action; rejects when the server does not do its part. */
  async act(action: Action): Promise<void> {
    switch (action.do) {
      case "connect":
        await this.#connect(action);
        break;
      case "are refused":
        await this.#areRefused(action);
        break;
      case "say":
        this.#say(action);
        break;
      case "hear":
        await this.#peer(action.peer).hear(action.event);
        break;
      case "close":
        this.#peer(action.peer).socket.close(action.code);
        break;
      case "vanish":
        this.#peer(action.peer).socket.terminate();
        break;
      case "break the protocol":
        this.#breakTheProtocol(action.peer);
        break;
      case "cross the close":
        this.#crossTheClose(action);
        break;
      case "end":
        await this.#peer(action.peer).ended;
        break;
      case "are closed":
        await this.#areClosed(action);
        break;
    }
  }

  /** Ends what a step that failed left open. */
  leave(): void {
    for (const { socket } of this.#peers.values()) socket.terminate();
  }

  #peer(name: string): Peer {
    const peer = this.#peers.get(name);
    if (peer === undefined) throw new TypeError(`${name} has not connected`);
    return peer;
  }

  #socket(
    session: Session,
    { path = CONFORMANCE.route as string, origin = CONFORMANCE.origin as string, autoPong = true },
  ) {
    const token = sessionToken(session);
    const isInQuery = session === "token in the query";
    const query = isInQuery ? `?token=${token}` : "";
    const cookie = token === undefined || isInQuery ? {} : { Cookie: `session=${token}` };
    return new WebSocket(`${this.#url}${path}${query}`, {
      headers: { Origin: origin, ...cookie },
      autoPong,
      perMessageDeflate: false,
    });
  }

  async #connect({ peer, as, path, answersPings }: Action & { do: "connect" }): Promise<void> {
    const socket = this.#socket(as, { ...(path !== undefined && { path }), autoPong: answersPings ?? true });
    this.#peers.set(peer, new Peer(socket));
    await once(socket, "open");
  }

  async #areRefused({ as, path, origin, status }: Action & { do: "are refused" }): Promise<void> {
    const socket = this.#socket(as, {
      ...(path !== undefined && { path }),
      ...(origin !== undefined && { origin }),
    });
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      socket.on("unexpected-response", (request, response) => {
        resolve(response.statusCode);
        request.destroy();
      });
      socket.on("open", () => reject(new Error("was not refused")));
      socket.on("error", reject);
    });
    if (answer !== status) throw new Error(`was refused with ${answer}, not ${status}`);
  }

  #say({ peer, frames, andCloseWith }: Action & { do: "say" }): void {
    const { socket } = this.#peer(peer);
    for (const frame of frames) {
      const isRaw = typeof frame === "string" || frame instanceof Uint8Array;
      socket.send(isRaw ? frame : JSON.stringify(frame));
    }
    if (andCloseWith !== undefined) socket.close(andCloseWith);
  }

  #breakTheProtocol(name: string): void {
    breakTheProtocol(this.#peer(name).socket);
  }

  #crossTheClose({ peer, code }: Action & { do: "cross the close" }): void {
    crossTheClose(this.#peer(peer).socket, code);
  }

  async #areClosed({ peer, code, text = "" }: Action & { do: "are closed" }): Promise<void> {
    const end = await this.#peer(peer).ended;
    if (end.code === code && end.text === text) return;
    throw new Error(`was closed with ${end.code} "${end.text}", not with ${code} "${text}"`);
  }
}
