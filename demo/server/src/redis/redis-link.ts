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

/**
 * The way to a Redis, which comes back by itself. While it is gone, commands are refused at once instead of waiting. One that does
 * not answer is gone, too: its socket would look alive for as long as anything is written to it.
 */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  readonly #known: Promise<void>;
  readonly #upListeners: (() => void)[] = [];
  #client: RedisClientType;
  #tellKnown: () => void = () => {};
  #isOutage = false;
  #isClosed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#known = new Promise((resolve) => {
      this.#tellKnown = resolve;
    });
    this.#client = this.#connected();
  }

  /** Resolves when it is known for the first time whether Redis is there. */
  get known(): Promise<void> {
    return this.#known;
  }

  get isUp(): boolean {
    return this.#client.isReady;
  }

  /** Calls the listener whenever Redis is there, also again. By then nothing is subscribed. */
  onUp(listener: () => void): void {
    this.#upListeners.push(listener);
    if (this.isUp) listener();
  }

  /** Asks Redis. Rejects when it is gone, fails or does not answer in time. */
  ask<T>(command: (client: RedisClientType) => Promise<T>): Promise<T> {
    const client = this.#client;
    return new Promise((resolve, reject) => {
      let isAnswered = false;
      const callOff = this.#options.schedule(
        // What has come meanwhile is read first: it may have been this process that stood still.
        () => setImmediate(() => isAnswered || reject(this.#unanswered(client))),
        ANSWER_MS,
      );
      const answered = (): void => {
        isAnswered = true;
        callOff();
      };
      command(client).then(resolve, reject).finally(answered);
    });
  }

  /** Waits for something that Redis takes part in, but no longer than this, in ms. */
  within(ms: number, work: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const callOff = this.#options.schedule(resolve, ms);
      work.then(resolve, reject).finally(callOff);
    });
  }

  /** Ends the link. */
  close(): void {
    this.#isClosed = true;
    this.#client.destroy();
  }

  #connected(): RedisClientType {
    const client = createClient({
      url: this.#options.url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: MAX_WAITING_COMMANDS,
      pingInterval: PING_INTERVAL_MS,
      socket: {
        connectTimeout: CONNECT_MS,
        socketTimeout: SILENT_MS,
        reconnectStrategy: (retries) => Math.min(RECONNECT_MS.longest, RECONNECT_MS.first * 2 ** retries),
      },
    }) as RedisClientType;
    const gone = (error: Error): void => {
      if (client === this.#client) this.#gone(error);
    };
    client.on("error", gone);
    client.on("ready", () => this.#back());
    // Goes on trying until it is closed, so nobody has to wait for it.
    client.connect().catch(gone);
    return client;
  }

  #unanswered(client: RedisClientType): RedisSilentError {
    const error = new RedisSilentError();
    if (client === this.#client && client.isReady) this.#startOver(error);
    return error;
  }

  #startOver(error: RedisSilentError): void {
    if (this.#isClosed) return;
    this.#gone(error);
    this.#client.destroy();
    this.#client = this.#connected();
  }

  #gone(error: Error): void {
    this.#tellKnown();
    if (this.#isOutage || this.#isClosed) return;
    this.#isOutage = true;
    this.#options.log({ event: "redis_gone", message: error.message });
  }

  #back(): void {
    this.#tellKnown();
    if (this.#isOutage) this.#options.log({ event: "redis_back" });
    this.#isOutage = false;
    for (const listener of this.#upListeners) listener();
  }
}
