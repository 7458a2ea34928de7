import { createClient, type RedisClientType } from "@redis/client";
import type { Schedule } from "../schedule.ts";

/** How to reach a Redis. */
export interface RedisLinkOptions {
  readonly url: string;
  readonly schedule: Schedule;
  /** Takes one line when Redis is gone, and one when it is back. */
  readonly log: (line: object) => void;
}

/** What Redis does not answer in this time, in ms, the chat does without. */
const ANSWER_MS = 1_000;
const CONNECT_MS = 2_000;
/** A link over which nothing came for so long, in ms, is dead: pings go over it more often. */
const SILENT_MS = 5_000;
const PING_INTERVAL_MS = 2_000;
const RECONNECT_MS = { first: 100, longest: 2_000 };
/** Whatever more is asked while Redis does not answer is refused rather than kept. */
const MAX_WAITING_COMMANDS = 1_000;

/** Redis did not answer in time. */
export class RedisSilentError extends Error {
  override readonly name = "RedisSilentError";
  readonly code = "DEMO_ERR_REDIS_SILENT";

  constructor() {
    super(`Redis has not answered for ${ANSWER_MS} ms`);
  }
}

/** The way to a Redis, which comes back by itself. While it is gone, commands are refused at once instead of waiting. */
export class RedisLink {
  readonly #client: RedisClientType;
  readonly #options: RedisLinkOptions;
  #isOutage = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#client = createClient({
      url: options.url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: MAX_WAITING_COMMANDS,
      pingInterval: PING_INTERVAL_MS,
      socket: {
        connectTimeout: CONNECT_MS,
        socketTimeout: SILENT_MS,
        reconnectStrategy: (retries) => Math.min(RECONNECT_MS.longest, RECONNECT_MS.first * 2 ** retries),
      },
    }) as RedisClientType;
    this.#client.on("error", (error: Error) => this.#gone(error));
    this.#client.on("ready", () => this.#back());
    // Goes on trying until it is closed, so nobody has to wait for it.
    this.#client.connect().catch((error: Error) => this.#gone(error));
  }

  /** Resolves when it is known for the first time whether Redis is there. */
  get known(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isUp || this.#isOutage) resolve();
      for (const event of ["ready", "error"]) this.#client.once(event, () => resolve());
    });
  }

  get isUp(): boolean {
    return this.#client.isReady;
  }

  /** Calls the listener whenever Redis is there, also again. */
  onUp(listener: () => void): void {
    this.#client.on("ready", listener);
    if (this.isUp) listener();
  }

  /** Asks Redis. Rejects when it is gone, fails or does not answer in time. */
  ask<T>(command: (client: RedisClientType) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const callOff = this.#options.schedule(() => reject(new RedisSilentError()), ANSWER_MS);
      command(this.#client).then(resolve, reject).finally(callOff);
    });
  }

  /** Ends the link. */
  close(): void {
    this.#client.destroy();
  }

  #gone(error: Error): void {
    if (this.#isOutage) return;
    this.#isOutage = true;
    this.#options.log({ event: "redis_gone", message: error.message });
  }

  #back(): void {
    if (this.#isOutage) this.#options.log({ event: "redis_back" });
    this.#isOutage = false;
  }
}
