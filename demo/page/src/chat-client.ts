import type { ClientFrame, ConnectTrigger, ServerFrame } from "@sockscope/catalog/runtime";
import {
  type ChatState,
  INITIAL_STATE,
  whenClosed,
  whenConnecting,
  whenJudged,
  whenReceived,
  whenSent,
} from "./chat-state.ts";
import { policyOf } from "./close-codes.ts";
import { Store } from "./store.ts";

/** What a user thinks of an answer. */
export type Verdict = "helpful" | "unhelpful";

/** A frame that is this chat's own: Sockscope knows it from the configuration. */
interface FeedbackFrame {
  readonly type: "feedback";
  readonly thread_id: string;
  readonly message_id: string;
  readonly verdict: Verdict;
}

/** What the chat needs from outside. */
export interface ChatClientEnvironment {
  readonly threadId: string;
  /** Opens a socket, for this reason, and has it measured. */
  openSocket(trigger: ConnectTrigger): WebSocket;
  /** Is told about every frame that went out; a socket has no event for it. */
  frameSent(text: string): void;
  /** Is told what a user thinks of an answer. */
  judged(verdict: Verdict): void;
  /** Is told before the page itself closes a socket; a socket has no event for that either. */
  closing(socket: WebSocket): void;
  /** Logs in again; rejects when that is impossible. */
  renewSession(): Promise<void>;
  /** A random id for a message. */
  createMessageId(): string;
  /** As `Math.random`. */
  random(): number;
  /** Runs something later; returns how to call it off. */
  schedule(run: () => void, delayMs: number): () => void;
}

const RETRY_DELAY_MS = 1000;
const JITTER = 0.2;

/** What this page sends when it ends a connection itself. */
const NORMAL_CLOSURE = 1000;

const OPEN = 1;

/** The chat over one plain WebSocket at a time. Only the current socket's events count. */
export class ChatClient {
  readonly state: Store<ChatState> = new Store(INITIAL_STATE);
  readonly #environment: ChatClientEnvironment;
  #socket: WebSocket | undefined;
  #callOff = (): void => {};
  #isStopped = true;

  constructor(environment: ChatClientEnvironment) {
    this.#environment = environment;
  }

  /** Connects, after the caller is done: React's StrictMode stops and starts again at once, and one socket is enough. */
  start(): void {
    this.#isStopped = false;
    this.#later("initial", 0);
  }

  /** Ends the connection, and every plan to make one. */
  stop(): void {
    this.#isStopped = true;
    this.#callOff();
    this.#closeSocket();
    this.#socket = undefined;
  }

  /** Ends the connection as a user would; the chat stays closed until it is asked to reconnect. */
  drop(): void {
    this.#closeSocket();
  }

  /** Connects again because the user asks for it, with a new session if the old one was the problem. */
  async reconnect(): Promise<void> {
    const { needsLogin } = this.state.snapshot();
    this.state.set(whenConnecting(this.state.snapshot()));
    // Without a session the server says so again, and the user sees it again.
    if (needsLogin) await this.#environment.renewSession().catch(() => {});
    this.#later("manual", 0);
  }

  /** Sends a message; false when there is no connection. */
  send(text: string): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    const message_id = this.#environment.createMessageId();
    this.#sendFrame({
      type: "chat_message",
      event: "user_message",
      thread_id: this.#environment.threadId,
      payload: { text },
      meta: { message_id },
    });
    this.state.set(whenSent(this.state.snapshot(), { role: "user", text, message_id }));
    return true;
  }

  /** Sends what the user thinks of an answer; false when there is no connection, or it was judged before. */
  judge(messageId: string, verdict: Verdict): boolean {
    const state = this.state.snapshot();
    if (this.#socket?.readyState !== OPEN || state.judged.includes(messageId)) return false;
    const { threadId, judged } = this.#environment;
    this.#sendFrame({ type: "feedback", thread_id: threadId, message_id: messageId, verdict });
    judged(verdict);
    this.state.set(whenJudged(state, messageId));
    return true;
  }

  #later(trigger: ConnectTrigger, delayMs: number): void {
    this.#callOff();
    // A reconnect may have waited for its session until after the end.
    if (this.#isStopped) return;
    this.#callOff = this.#environment.schedule(() => this.#connect(trigger), delayMs);
  }

  #closeSocket(): void {
    if (this.#socket === undefined) return;
    this.#environment.closing(this.#socket);
    this.#socket.close(NORMAL_CLOSURE);
  }

  #connect(trigger: ConnectTrigger): void {
    this.#closeSocket();
    this.state.set(whenConnecting(this.state.snapshot()));
    const socket = this.#environment.openSocket(trigger);
    this.#socket = socket;
    const onlyCurrent =
      <E>(listener: (event: E) => void) =>
      (event: E): void => {
        if (socket === this.#socket) listener(event);
      };
    socket.addEventListener(
      "open",
      onlyCurrent(() => this.#opened()),
    );
    socket.addEventListener(
      "message",
      onlyCurrent((event: MessageEvent) => this.#received(String(event.data))),
    );
    socket.addEventListener(
      "close",
      onlyCurrent((event: CloseEvent) => this.#closed(event.code)),
    );
  }

  #opened(): void {
    this.state.set({ ...this.state.snapshot(), connection: "connected" });
    this.#sendFrame({ type: "client_hello", thread_id: this.#environment.threadId });
  }

  #received(text: string): void {
    this.state.set(whenReceived(this.state.snapshot(), JSON.parse(text) as ServerFrame));
  }

  #closed(code: number): void {
    this.#socket = undefined;
    this.state.set(whenClosed(this.state.snapshot(), code));
    if (policyOf(code).action === "stop") return;
    const jitter = 1 + JITTER * (2 * this.#environment.random() - 1);
    this.#later("backoff", RETRY_DELAY_MS * jitter);
  }

  #sendFrame(frame: ClientFrame | FeedbackFrame): void {
    const text = JSON.stringify(frame);
    this.#socket?.send(text);
    this.#environment.frameSent(text);
  }
}
