import { io, type Socket } from "socket.io-client";
import type { WebSocket } from "ws";
import { breakTheProtocol, crossTheClose, Heard } from "./peer-parts.ts";
import { type ActingPeers, CONFORMANCE } from "./server-under-test.ts";
import { type Session, sessionToken } from "./session-token.ts";
import type { Action } from "./steps.ts";

/** One open connection. */
interface Peer {
  readonly socket: Socket;
  readonly heard: Heard;
  /** Resolves with socket.io's reason. */
  readonly ended: Promise<string>;
}

/** The part of engine.io's client that is used. */
interface Engine {
  readonly transport: { readonly ws: WebSocket };
}

function engineOf({ io: manager }: Socket): Engine {
  return manager.engine as unknown as Engine;
}

/** Does to a server of socket.io what steps say, over WebSockets; a refused handshake is one that polls. */
export class SocketIoPeers implements ActingPeers {
  readonly #url: string;
  readonly #peers = new Map<string, Peer>();

  constructor(url: string) {
    this.#url = url;
  }

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
        await this.#hear(action);
        break;
      case "close":
        this.#close(action);
        break;
      case "vanish":
        this.#webSocket(action.peer).terminate();
        break;
      case "break the protocol":
        breakTheProtocol(this.#webSocket(action.peer));
        break;
      case "cross the close":
        crossTheClose(this.#webSocket(action.peer), action.code);
        break;
      case "end":
      // Its reason says who disconnected; codes do not always travel.
      case "are closed":
        await this.#peer(action.peer).ended;
        break;
    }
  }

  leave(): void {
    for (const { socket } of this.#peers.values()) socket.disconnect();
  }

  #peer(name: string): Peer {
    const peer = this.#peers.get(name);
    if (peer === undefined) throw new TypeError(`${name} has not connected`);
    return peer;
  }

  #webSocket(name: string): WebSocket {
    return engineOf(this.#peer(name).socket).transport.ws;
  }

  async #connect({ peer, as, path, answersPings }: Action & { do: "connect" }): Promise<void> {
    const socket = io(this.#url, {
      path: path ?? CONFORMANCE.route,
      addTrailingSlash: false,
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
      extraHeaders: headersOf(as),
    });
    const heard = new Heard();
    socket.on("message", (text: string) => heard.frame(text));
    const ended = new Promise<string>((resolve) => socket.on("disconnect", resolve));
    this.#peers.set(peer, { socket, heard, ended });
    await new Promise<void>((resolve, reject) => socket.on("connect", resolve).on("connect_error", reject));
    if (answersPings === false) silencePongs(socket);
  }

  async #areRefused({ as, path, origin, status }: Action & { do: "are refused" }): Promise<void> {
    const token = as === "token in the query" ? `&token=${sessionToken(as)}` : "";
    const url = `${this.#url}${path ?? CONFORMANCE.route}?EIO=4&transport=polling${token}`;
    const answer = await fetch(url, { headers: headersOf(as, origin) });
    if (answer.status !== status) throw new Error(`was refused with ${answer.status}, not ${status}`);
  }

  #say({ peer, frames, andCloseWith }: Action & { do: "say" }): void {
    const { socket } = this.#peer(peer);
    for (const frame of frames) {
      const isRaw = typeof frame === "string" || frame instanceof Uint8Array;
      socket.send(isRaw ? frame : JSON.stringify(frame));
    }
    if (andCloseWith !== undefined) this.#webSocket(peer).close(andCloseWith);
  }

  async #hear({ peer, event }: Action & { do: "hear" }): Promise<void> {
    const { heard, ended } = this.#peer(peer);
    await heard.next(
      event,
      ended.then((reason) => `disconnected (${reason})`),
    );
  }

  /** With 1000 as a client of socket.io leaves; with another code as the browser does under it. */
  #close({ peer, code }: Action & { do: "close" }): void {
    if (code === 1000) this.#peer(peer).socket.disconnect();
    else this.#webSocket(peer).close(code);
  }
}

function headersOf(session: Session, origin: string = CONFORMANCE.origin): Record<string, string> {
  const token = session === "token in the query" ? undefined : sessionToken(session);
  return { Origin: origin, ...(token !== undefined && { Cookie: `session=${token}` }) };
}

function silencePongs(socket: Socket): void {
  const engine = engineOf(socket) as unknown as Record<string, (type: string, ...rest: unknown[]) => void>;
  for (const name of ["sendPacket", "_sendPacket"]) {
    const original = engine[name];
    if (original === undefined) continue;
    engine[name] = (type, ...rest) => {
      if (type !== "pong") original.call(engine, type, ...rest);
    };
  }
}
