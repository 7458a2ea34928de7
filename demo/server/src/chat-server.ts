import { once } from "node:events";
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { MAX_CLIENT_FRAME_BYTES, type ServerCloseReason } from "@sockscope/catalog";
import type { ServerInstrumentation } from "@sockscope/server";
import { wsConnection } from "@sockscope/server/ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Chat, Participant } from "./chat.ts";
import { isSameOrigin } from "./same-origin.ts";
import type { Schedule } from "./schedule.ts";
import { readSessionCookie } from "./session-cookie.ts";
import type { SessionCheck, SessionTokens } from "./session-tokens.ts";

/** The path of the chat's WebSocket, and the value of its label `route`. */
export const CHAT_ROUTE = "/ws";

const MAX_CONNECTIONS = 10_000;
const DRAIN_DEADLINE_MS = 2000;

/** What the chat server needs from outside. */
export interface ChatServerEnvironment {
  readonly chat: Chat;
  readonly tokens: SessionTokens;
  readonly instrumentation: ServerInstrumentation;
  readonly schedule: Schedule;
  /** Takes what went wrong while a frame was answered. */
  readonly reportError: (error: unknown, correlationId: string) => void;
}

interface OpenSocket extends Participant {
  readonly socket: WebSocket;
  readonly user: string | undefined;
}

/** Accepts the chat's WebSockets, authenticates them, and closes them for a reason. */
export class ChatServer {
  readonly #environment: ChatServerEnvironment;
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_CLIENT_FRAME_BYTES,
    perMessageDeflate: false,
  });
  readonly #open = new Set<OpenSocket>();
  #draining = false;

  constructor(environment: ChatServerEnvironment) {
    this.#environment = environment;
  }

  /** Takes the `upgrade` event of a HTTP server. */
  async upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    stream.on("error", () => stream.destroy());
    // First, so that nothing happens between the decision to accept and the first listener.
    const session = await this.#environment.tokens.check(readSessionCookie(request.headers.cookie));
    const refusal = this.#refusal(request);
    if (refusal !== undefined) return refuseHandshake(stream, refusal);
    this.#webSockets.handleUpgrade(request, stream, head, (socket) => this.#accept(socket, session));
  }

  /** Closes every connection of a user. */
  closeConnectionsOf(user: string, reason: ServerCloseReason | "signed_in_elsewhere"): void {
    for (const open of this.#open) if (open.user === user) open.connection.close(reason);
  }

  /** Accepts no more connections, asks every peer to come back later, and waits for them, but not for long. */
  async drain(): Promise<void> {
    this.#draining = true;
    this.#environment.chat.stop();
    const closed = [...this.#open].map(({ socket }) => once(socket, "close"));
    for (const { connection } of this.#open) connection.close("restart");
    const callOff = this.#environment.schedule(() => this.#terminate(), DRAIN_DEADLINE_MS);
    await Promise.allSettled(closed);
    callOff();
  }

  #terminate(): void {
    for (const { socket } of this.#open) socket.terminate();
  }

  #refusal(request: IncomingMessage): number | undefined {
    if (this.#draining) return 503;
    // Not by `URL`, which throws on paths that anybody can send.
    if (request.url?.split("?", 1)[0] !== CHAT_ROUTE) return 404;
    return isSameOrigin(request.headers) ? undefined : 403;
  }

  #accept(socket: WebSocket, session: SessionCheck): void {
    const authMethod = session.status === "valid" ? "cookie" : "none";
    const connection = wsConnection(this.#environment.instrumentation, socket, {
      route: CHAT_ROUTE,
      authMethod,
    });
    const user = session.status === "missing" ? undefined : session.user;
    const open: OpenSocket = { socket, connection, user, threadId: undefined, pendingReplies: 0 };
    this.#open.add(open);
    socket.on("close", () => this.#forget(open));
    const refusal = this.#closeReason(session);
    if (refusal !== undefined) {
      connection.close(refusal);
      return;
    }
    this.#closeWhenExpired(open, session);
    socket.on("message", (data: Buffer, isBinary: boolean) => this.#receive(open, data, isBinary));
  }

  #closeReason(session: SessionCheck): ServerCloseReason | undefined {
    if (session.status === "missing") return "authentication_required";
    if (session.status === "expired") return "authentication_expired";
    return this.#open.size > MAX_CONNECTIONS ? "overload" : undefined;
  }

  #closeWhenExpired({ connection, socket }: OpenSocket, session: SessionCheck): void {
    if (session.status !== "valid") return;
    const expire = () => connection.close("authentication_expired");
    const callOff = this.#environment.schedule(expire, session.expiresAtMs - Date.now());
    socket.on("close", callOff);
  }

  #receive(open: OpenSocket, data: Buffer, isBinary: boolean): void {
    if (!open.connection.isOpen) return;
    try {
      if (isBinary) open.connection.close("unsupported_data");
      else this.#environment.chat.receive(open, data.toString());
    } catch (error) {
      this.#environment.reportError(error, open.connection.correlationId);
      open.connection.close("internal_error");
    }
  }

  #forget(open: OpenSocket): void {
    this.#open.delete(open);
    this.#environment.chat.leave(open);
  }
}

function refuseHandshake(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
