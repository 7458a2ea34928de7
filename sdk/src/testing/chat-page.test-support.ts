import type { ClientFrame, ServerFrame } from "@sockscope/catalog/runtime";
import {
  type ChatSocket,
  type ChatSocketEvents,
  type ChatSocketOptions,
  chatSocket,
  type Dropped,
  type SocketObserver,
  type SocketState,
} from "../socket/index.ts";
import { FakeHost, settled } from "./fake-host.test-support.ts";
import { FakeWebSocket } from "./fake-web-socket.test-support.ts";

/** Where the fake sockets connect. */
export const CHAT_URL = "wss://chat.example/ws";

/** What a server says of a thread when a connection begins. */
export function rehydration(...knownIds: readonly string[]): string {
  const recent_turns = knownIds.map((message_id) => ({ role: "user", text: "", message_id }));
  return JSON.stringify({ type: "rehydration", thread_id: "t", rehydrated: true, recent_turns });
}

/** A user's message. */
export function userMessage(message_id: string): ClientFrame {
  return {
    type: "chat_message",
    event: "user_message",
    thread_id: "t",
    payload: { text: message_id },
    meta: { message_id },
  };
}

/** An answer to a message. */
export function answer(in_reply_to: string, queued_message_id = "q"): string {
  const meta = { in_reply_to, queued_message_id };
  return JSON.stringify({ type: "chat_message", event: "assistant_message", thread_id: "t", meta });
}

/** A piece of an answer to a message. */
export function piece(in_reply_to: string, index: number): string {
  const meta = { in_reply_to, index };
  return JSON.stringify({ type: "chat_message", event: "assistant_delta", thread_id: "t", meta });
}

/** A socket with what it was constructed with. */
export class ChatServerSide extends FakeWebSocket {
  readonly address: string;
  readonly protocols: string | string[] | undefined;
  closedWith: number | undefined;

  constructor(address: string, protocols?: string | string[]) {
    super();
    this.address = address;
    this.protocols = protocols;
  }

  override close(code?: number): void {
    super.close(code);
    this.closedWith ??= code;
  }

  /** The handshake succeeds, and the server says what it knows. */
  rehydrates(...knownIds: readonly string[]): void {
    this.open();
    this.receive(rehydration(...knownIds));
  }

  /** The server closes, with a reason. */
  endFor(code: number, reason: string): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }

  /** The frames of a type that were sent. */
  sentOf(type: string): Record<string, unknown>[] {
    return this.sent
      .map((frame) => JSON.parse(String(frame)) as Record<string, unknown>)
      .filter((frame) => frame["type"] === type);
  }

  /** The ids of the user's messages that came. */
  get messages(): unknown[] {
    return this.sentOf("chat_message").map(({ meta }) => (meta as { message_id: string }).message_id);
  }
}

/** A page with a chat socket in it, in the hands of a test. */
export interface ChatPage {
  readonly host: FakeHost;
  readonly chat: ChatSocket;
  /** Every socket that was ever made. */
  readonly sockets: ChatServerSide[];
  readonly states: SocketState[];
  readonly messages: ChatSocketEvents<ServerFrame>["message"][];
  readonly dropped: Dropped[];
  /** The last socket that was made. */
  last(): ChatServerSide;
  /** Sockets that are connecting or open. */
  live(): ChatServerSide[];
  /** A page whose socket is open, with its rehydration. */
  connected(): Promise<ChatServerSide>;
}

/** A page whose chat socket begins to connect when the task is over. */
export function chatPage(
  { host = new FakeHost(), ...options }: ChatSocketOptions & { readonly host?: FakeHost } = {},
  url: Parameters<typeof chatSocket>[0] = CHAT_URL,
): ChatPage {
  const sockets: ChatServerSide[] = [];
  class Constructor extends ChatServerSide {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols);
      sockets.push(this);
    }
  }
  const chat = chatSocket(url, {
    WebSocket: Constructor as unknown as NonNullable<ChatSocketOptions["WebSocket"]>,
    ...options,
    host,
  });
  const states: SocketState[] = [];
  const messages: ChatSocketEvents<ServerFrame>["message"][] = [];
  const dropped: Dropped[] = [];
  chat.on("state", (state) => states.push(state));
  chat.on("message", (message) => messages.push(message));
  chat.on("dropped", (drop) => dropped.push(drop));
  const last = (): ChatServerSide => sockets.at(-1) as ChatServerSide;
  return {
    host,
    chat,
    sockets,
    states,
    messages,
    dropped,
    last,
    live: () => sockets.filter(({ readyState }) => readyState <= 1),
    connected: async () => {
      await settled();
      last().rehydrates();
      return last();
    },
  };
}

/** What `start` returns, where only what is noticed is of interest. */
export function observerWith(noticed: SocketObserver["noticed"]): SocketObserver {
  const observation = { stop() {}, gaveUp() {}, unwanted() {}, lost() {} };
  return { noticed, observe: () => observation, attempted: () => observation };
}
