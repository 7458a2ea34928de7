import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { type ChatPage, chatPage, userMessage } from "../testing/chat-page.test-support.ts";
import { ChatServerModel, type ServerMode } from "../testing/chat-server-model.test-support.ts";
import { FakeHost, settled } from "../testing/fake-host.test-support.ts";
import type { ChatSocketOptions } from "./index.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LIVES = 20;
/** Longer than any backoff, with a token that hangs before it. */
const LONG_ENOUGH_MS = 3 * MINUTE_MS;

/** What happens to a page and its server; all that a step means is in {@link Life.take}. */
const STEP = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant("pass"), ms: fc.integer({ min: 0, max: 60 * MINUTE_MS }) }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("pass"), ms: fc.integer({ min: 0, max: 20_000 }) }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant("send") }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("serve"),
      mode: fc.constantFrom<ServerMode>("up", "up", "refuses", "hangs", "accepts, then closes"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant("end"), code: fc.constantFrom(1006, 1011, 1012, 1013, 4401) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("rehydrate"), afterMs: fc.constantFrom(0, 0, 500, 8_000) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("lose") }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("reconnect") }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("token"), fate: fc.constantFrom("comes", "fails", "hangs") }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("page"),
      event: fc.constantFrom(
        "offline",
        "online",
        "hidden",
        "visible",
        "freeze",
        "resume",
        "pagehide",
        "pageshow",
      ),
    }),
  },
);

type Step = typeof STEP extends fc.Arbitrary<infer Value> ? Value : never;

/** A page, its server, and what must be true of them whatever happens. */
class Life {
  readonly host = new FakeHost();
  readonly server = new ChatServerModel(this.host);
  fate = "comes";
  readonly page: ChatPage;
  /** Ids of messages that the chat socket took. */
  readonly taken: string[] = [];
  /** Whether the listeners do something themselves now and then. */
  isLively = true;
  #sent = 0;
  #told = 0;

  constructor(options: ChatSocketOptions) {
    this.page = chatPage({
      ...options,
      host: this.host,
      WebSocket: this.server.WebSocket,
      refreshAccessToken: () => this.#token(),
    });
    for (const type of ["state", "message", "dropped"] as const) this.page.chat.on(type, () => this.#act());
  }

  /** What a listener does in the midst of everything. */
  #act(): void {
    this.#told++;
    if (!this.isLively) return;
    if (this.#told % 7 === 0) this.#send();
    if (this.#told % 31 === 0) this.page.chat.reconnect();
  }

  #token(): unknown {
    if (this.fate === "fails") throw new Error("no token");
    return this.fate === "hangs" ? new Promise(() => {}) : "token";
  }

  async take(step: Step): Promise<void> {
    if ("ms" in step) await this.host.pass(step.ms);
    else if ("mode" in step) this.server.mode = step.mode;
    else if ("afterMs" in step) this.server.rehydratesAfterMs = step.afterMs;
    else if ("fate" in step) this.fate = step.fate;
    else if ("code" in step) for (const socket of this.server.live) socket.ends(step.code);
    else if ("event" in step) await this.host.emit(step.event as "offline");
    else if (step.type === "lose") for (const socket of this.server.live) socket.isLost = true;
    else if (step.type === "reconnect") this.page.chat.reconnect();
    else this.#send();
    await settled();
    expect(this.server.live.length).toBeLessThanOrEqual(1);
    this.deliversOnce();
  }

  #send(): void {
    const id = `m${this.#sent++}`;
    if (this.page.chat.send(userMessage(id)) !== "dropped") this.taken.push(id);
  }

  deliversOnce(): void {
    const answers = this.page.messages.flatMap(({ frame }) =>
      frame?.type === "chat_message" ? [JSON.stringify(frame.meta)] : [],
    );
    expect(answers).toEqual([...new Set(answers)]);
  }

  /** Everything is well again, and the user asks once more where the chat no longer tries. */
  async heal(): Promise<void> {
    this.server.mode = "up";
    this.fate = "comes";
    for (const event of ["online", "resume", "visible"] as const) await this.host.emit(event);
    await this.host.pass(LONG_ENOUGH_MS);
    const { status } = this.page.chat.state;
    if (status === "rejected" || status === "closed") this.page.chat.reconnect();
    await settled();
    await this.host.pass(LONG_ENOUGH_MS);
  }

  /** What it took, and neither the server has nor anybody was told. */
  get vanished(): string[] {
    const told = this.page.dropped.flatMap(
      ({ data }) => /"message_id":"(m\d+)"/.exec(String(data))?.[1] ?? [],
    );
    return this.taken.filter((id) => !this.server.received.includes(id) && !told.includes(id));
  }
}

/** Each with its seed. */
const WAYS: readonly (readonly [what: string, seed: number, options: ChatSocketOptions])[] = [
  ["usual outbox", 8, {}],
  ["small outbox", 21, { outboxLimit: 3 }],
  ["small outbox whose oldest frame makes room", 34, { outboxLimit: 3, outboxOverflow: "drop_oldest" }],
];

it.each(WAYS)(
  "has no wedge, no two live sockets, no double delivery and no silent loss, whatever happens in a day: %s",
  async (_what, seed, options) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    let livedMs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { minLength: 290, maxLength: 390, size: "max" }), async (steps) => {
        const life = new Life(options);
        await settled();
        const begunAt = life.host.clock;
        for (const step of steps) await life.take(step);
        livedMs += life.host.clock - begunAt;
        await life.heal();
        expect(life.page.chat.state.status).toBe("open");
        expect(life.vanished).toEqual([]);
        life.isLively = false;
        life.page.chat.close();
        await life.host.pass(2 * MINUTE_MS);
        expect([life.host.timers.size, life.host.subscribers.size]).toEqual([0, 0]);
        expect(life.server.sockets.reduce((sum, { listeners }) => sum + listeners, 0)).toBe(0);
      }),
      { numRuns: LIVES, seed },
    );
    expect(livedMs / LIVES).toBeGreaterThan(DAY_MS);
    vi.restoreAllMocks();
  },
  120_000,
);
