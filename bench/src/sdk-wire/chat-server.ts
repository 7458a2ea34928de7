import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { ClientFrame, ServerFrame } from "@sockscope/catalog/runtime";
import { type WebSocket, WebSocketServer } from "ws";

/** A chat that answers. */
export interface ChatServer {
  readonly url: string;
  close(): void;
}

const THREAD = "thread-1";

/**
 * Starts a chat: it answers each message with three frames and each ping with one, and says something unasked as often as it
 * is told to.
 *
 * @param unaskedEveryMs 0 for never
 */
export async function startChatServer(unaskedEveryMs: number): Promise<ChatServer> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (socket) => {
    socket.on("message", (frame) => answer(socket, JSON.parse(String(frame)) as ClientFrame));
    if (unaskedEveryMs === 0) return;
    const timer = setInterval(() => send(socket, message("none")), unaskedEveryMs);
    socket.on("close", () => clearInterval(timer));
  });
  await once(server, "listening");
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

function answer(socket: WebSocket, frame: ClientFrame): void {
  if (frame.type === "ping") send(socket, { type: "pong", id: frame.id, server_time: Date.now() });
  if (frame.type !== "chat_message") return;
  send(socket, typing(true));
  send(socket, typing(false));
  send(socket, message(frame.meta.message_id));
}

function typing(value: boolean): ServerFrame {
  return { type: "chat_status", event: "typing", value, thread_id: THREAD };
}

function message(in_reply_to: string): ServerFrame {
  return {
    type: "chat_message",
    event: "assistant_message",
    thread_id: THREAD,
    payload: { text: "An answer.", rich: { recommendations: [], agent: "support" } },
    meta: {
      in_reply_to,
      queued_message_id: `queued-${in_reply_to}`,
      traces: { memory: {}, correlation_id: "correlation-1" },
      sent_at: Date.now(),
    },
  };
}

function send(socket: WebSocket, frame: ServerFrame): void {
  socket.send(JSON.stringify(frame));
}
