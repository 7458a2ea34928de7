import type { ChatSocketOptions } from "../socket/index.ts";
import { answer, ChatServerSide, rehydration } from "./chat-page.test-support.ts";
import type { FakeHost } from "./fake-host.test-support.ts";

const LATENCY_MS = 50;
/** How long a browser waits for the answer to its close frame. */
const CLOSING_MS = 60_000;

/** What a server does with whoever wants to connect. */
export type ServerMode = "up" | "refuses" | "hangs" | "accepts, then closes";

/** A chat server in a few lines: it remembers what came, answers each message, and repeats itself. */
export class ChatServerModel {
  mode: ServerMode = "up";
  /** How long it takes to say what it knows, in ms. */
  rehydratesAfterMs = 0;
  /** Ids of the messages that came, as often as they came. */
  readonly received: string[] = [];
  readonly sockets: ModelledSocket[] = [];
  readonly host: FakeHost;

  constructor(host: FakeHost) {
    this.host = host;
  }

  /** The constructor that a page gets. */
  get WebSocket(): NonNullable<ChatSocketOptions["WebSocket"]> {
    const server = this;
    return class extends ModelledSocket {
      constructor(address: string) {
        super(address, server);
      }
    } as unknown as NonNullable<ChatSocketOptions["WebSocket"]>;
  }

  /** Sockets that the page has not given up. */
  get live(): ModelledSocket[] {
    return this.sockets.filter(({ readyState }) => readyState <= 1);
  }

  later(action: () => void, delayMs = LATENCY_MS): void {
    this.host.setTimeout(action, delayMs);
  }

  /** Answers a message; of each third answer the page gets two copies. */
  answer(socket: ModelledSocket, id: string): void {
    this.received.push(id);
    for (let copies = this.received.length % 3 === 0 ? 2 : 1; copies > 0; copies--)
      this.later(() => socket.tells(answer(id)));
  }
}

/** A connection to the model. */
class ModelledSocket extends ChatServerSide {
  /** Frames go out and nothing comes: neither side is told. */
  isLost = false;
  readonly #server: ChatServerModel;

  constructor(address: string, server: ChatServerModel) {
    super(address);
    this.#server = server;
    server.sockets.push(this);
    server.later(() => this.#shakeHands());
  }

  /** The server sends, if there is anybody. */
  tells(frame: string): void {
    if (this.readyState === 1 && !this.isLost) this.receive(frame);
  }

  /** The connection ends, unless it has. */
  ends(code: number): void {
    if (this.readyState < 3) this.end(code);
  }

  override send(frame: unknown): void {
    super.send(frame);
    if (this.isLost || this.readyState !== 1) return;
    const { type, id, meta } = JSON.parse(String(frame)) as {
      type: string;
      id: number;
      meta?: { message_id: string };
    };
    if (type === "ping") this.#server.later(() => this.tells(JSON.stringify({ type: "pong", id })));
    if (meta) this.#server.answer(this, meta.message_id);
  }

  override close(code?: number): void {
    const isOver = this.readyState > 1;
    super.close(code);
    if (isOver) return;
    if (this.isLost) this.#server.later(() => this.ends(1006), CLOSING_MS);
    else this.#server.later(() => this.ends(code ?? 1005));
  }

  #rehydrates(): void {
    const { received, rehydratesAfterMs } = this.#server;
    if (rehydratesAfterMs === 0) this.receive(rehydration(...received));
    else this.#server.later(() => this.tells(rehydration(...received)), rehydratesAfterMs);
  }

  #shakeHands(): void {
    if (this.readyState !== 0 || this.#server.mode === "hangs") return;
    if (this.#server.mode === "refuses") {
      this.end(1006);
      return;
    }
    this.open();
    if (this.#server.mode === "up") this.#rehydrates();
    else this.end(1011);
  }
}
