import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Switchboard } from "@sockscope/demo/faults";
import type { ServerInstrumentation } from "@sockscope/server";
import { wsConnection } from "@sockscope/server/ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Chat } from "../chat/chat.ts";
import { breakMessages } from "../faults/broken-messages.ts";
import type { ChatLimits } from "../limits/chat-limits.ts";
import { FrameBudget } from "../limits/frame-budget.ts";
import type { Schedule } from "../schedule.ts";
import { type PresentedToken, presentedToken } from "../session/credentials.ts";
import type { SessionCheck, SessionTokens } from "../session/session-tokens.ts";
import { type HandshakeRefusal, refuseHandshake } from "./handshake-refusal.ts";
import { Heartbeat } from "./heartbeat.ts";
import { Incoming } from "./incoming.ts";
import { type DemoCloseReason, Peer } from "./peer.ts";
import { Peers } from "./peers.ts";
import { isSameOrigin, type OriginRule } from "./same-origin.ts";

/** The path of the chat's WebSocket, and the value of its label `route`. */
export const CHAT_ROUTE = "/ws";

const DRAIN_DEADLINE_MS = 2_000;
/** When the clients of a full server are told to come back, in ms. */
const OVERLOAD_RETRY_MS = 10_000;

/** What the chat server needs from outside. */
export interface ChatServerEnvironment {
  readonly chat: Chat;
  readonly tokens: Pick<SessionTokens, "check">;
  readonly instrumentation: ServerInstrumentation;
  readonly limits: ChatLimits;
  readonly faults: Switchboard;
  /** Origins whose pages may connect besides this server's own. */
  readonly origins: OriginRule;
  /** Whether a token may stand in the address. */
  readonly isQueryTokenAllowed: boolean;
  readonly schedule: Schedule;
  /** As `Math.random`. */
  readonly random: () => number;
  /** The wall clock, in ms since the epoch. */
  readonly now: () => number;
  /** Takes what went wrong while a frame was answered. */
  readonly reportError: (error: unknown, correlationId: string) => void;
}

/** Accepts the chat's WebSockets, authenticates them, and closes them for a reason. */
export class ChatServer {
  readonly #environment: ChatServerEnvironment;
  readonly #webSockets: WebSocketServer;
  readonly #peers: Peers;
  readonly #incoming: Incoming;
  readonly #heartbeat: Heartbeat;
  #isRestarting = false;

  constructor(environment: ChatServerEnvironment) {
    const { limits, schedule, faults, random, now } = environment;
    this.#environment = environment;
    this.#webSockets = new WebSocketServer({
      noServer: true,
      maxPayload: limits.maxFrameBytes,
      perMessageDeflate: false,
    });
    this.#peers = new Peers(schedule, now);
    this.#heartbeat = new Heartbeat(this.#peers, schedule);
    this.#incoming = new Incoming({
      ...environment,
      maxWaiting: limits.frameBurst,
      mayFail: () => {
        if (random() < (faults.active("consumer_error")?.share ?? 0))
          throw new Error("the fault consumer_error");
      },
    });
    this.#heartbeat.start();
  }

  /** Everybody who is connected. */
  get peers(): Peers {
    return this.#peers;
  }

  /** Takes the `upgrade` event of a HTTP server. */
  async upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    stream.on("error", () => stream.destroy());
    const { tokens, isQueryTokenAllowed } = this.#environment;
    const presented = presentedToken(request, isQueryTokenAllowed);
    // First, so that nothing happens between the decision to accept and the first listener.
    const session = await tokens.check(presented.token);
    const refusal = this.#refusal(request);
    if (refusal !== undefined) {
      refuseHandshake(stream, refusal);
      return;
    }
    this.#webSockets.handleUpgrade(request, stream, head, (socket) =>
      this.#accept(socket, stream, session, presented),
    );
  }

  /** Closes every connection that there is, and tells clients when to come back, where that is known. */
  closeAll(reason: DemoCloseReason, retryAfterMs: () => number | undefined = () => undefined): void {
    for (const peer of this.#peers) peer.end(reason, retryAfterMs());
  }

  /** Accepts no more connections, and tells clients to come back after this time, spread over the other. */
  pause(afterMs: number, spreadMs: number): void {
    this.#isRestarting = true;
    this.closeAll("restart", () => afterMs + spreadMs * this.#environment.random());
  }

  /** Accepts connections again. */
  resume(): void {
    this.#isRestarting = false;
  }

  /** As {@link ChatServer.pause}, for good; and waits for the peers, but not for long. */
  async drain(spreadMs: number): Promise<void> {
    this.#heartbeat.stop();
    const closed = [...this.#peers].map(({ socket }) => once(socket, "close"));
    this.pause(0, spreadMs);
    const callOff = this.#environment.schedule(() => this.#terminate(), DRAIN_DEADLINE_MS);
    await Promise.allSettled(closed);
    callOff();
  }

  #terminate(): void {
    for (const { socket } of this.#peers) socket.terminate();
  }

  #refusal(request: IncomingMessage): HandshakeRefusal | undefined {
    const { origins, faults } = this.#environment;
    if (this.#isRestarting) return "DEMO_ERR_RESTARTING";
    // Not by `URL`, which throws on paths that anybody can send.
    if (request.url?.split("?", 1)[0] !== CHAT_ROUTE) return "DEMO_ERR_NO_SUCH_ROUTE";
    if (!isSameOrigin(request.headers, origins)) return "DEMO_ERR_ORIGIN";
    return faults.active("forbid_handshake") && "DEMO_ERR_FORBIDDEN";
  }

  #accept(socket: WebSocket, stream: Duplex, session: SessionCheck, { authMethod }: PresentedToken): void {
    const peer = this.#peerOf(socket, stream, session, authMethod);
    this.#peers.add(peer);
    socket.on("close", () => {
      this.#peers.delete(peer);
      this.#environment.chat.leave(peer);
    });
    if (session.status !== "valid") {
      peer.end(session.status === "missing" ? "authentication_required" : "authentication_expired");
      return;
    }
    const overload = this.#environment.faults.active("overload");
    if (overload !== undefined) {
      peer.end("overload", overload.retryAfterMs);
      return;
    }
    if (this.#peers.size > this.#environment.limits.maxConnections) {
      peer.end("overload", OVERLOAD_RETRY_MS);
      return;
    }
    this.#peers.makeRoom(session.user, this.#environment.limits.maxConnectionsPerUser);
    this.#peers.endAt(peer, session.expiresAtMs);
    socket.on("pong", () => {
      peer.hasAnswered = true;
    });
    socket.on("message", (data: Buffer, isBinary: boolean) => this.#incoming.take(peer, data, isBinary));
  }

  #peerOf(
    socket: WebSocket,
    stream: Duplex,
    session: SessionCheck,
    authMethod: PresentedToken["authMethod"],
  ): Peer {
    const { instrumentation, limits, faults, schedule, random, now } = this.#environment;
    breakMessages(socket, stream, { faults, schedule, random });
    const connection = wsConnection(instrumentation, socket, {
      route: CHAT_ROUTE,
      authMethod: session.status === "valid" ? authMethod : "none",
      maxBufferedBytes: () => faults.active("slow_consumer")?.bufferedBytes ?? limits.maxBufferedBytes,
    });
    return new Peer({
      socket,
      stream,
      connection,
      session: session.status === "missing" ? undefined : session,
      budget: new FrameBudget(limits, now),
      schedule,
    });
  }
}
