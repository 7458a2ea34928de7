import type { Relay } from "../groups/relay.ts";
import type { RedisLink } from "./redis-link.ts";

const CHANNEL = "sockscope:group:";

/** Who says it, when it was accepted, and the frame. */
const MESSAGE = /^(\S+) (\S*) (.*)$/s;

/** Carries what is said in threads through Redis; what nobody could be told, is not kept: a rehydration tells it. */
export class RedisRelay implements Relay {
  readonly #link: RedisLink;
  /** Names this process, which has told its own members already. */
  readonly #sender: string;
  readonly #followed = new Set<string>();
  #listener: Parameters<Relay["listen"]>[0] = () => {};

  constructor(link: RedisLink, sender: string) {
    this.#link = link;
    this.#sender = sender;
    // Subscribing once more to the same does nothing.
    link.onUp(() => {
      for (const threadId of this.#followed) this.#subscribe(threadId);
    });
  }

  publish(threadId: string, text: string, acceptedAtMs?: number): void {
    if (!this.#link.isUp) return;
    const message = `${this.#sender} ${acceptedAtMs ?? ""} ${text}`;
    this.#link.ask((client) => client.publish(CHANNEL + threadId, message)).catch(() => {});
  }

  follow(threadId: string): void {
    this.#followed.add(threadId);
    if (this.#link.isUp) this.#subscribe(threadId);
  }

  unfollow(threadId: string): void {
    this.#followed.delete(threadId);
    if (!this.#link.isUp) return;
    this.#link.ask((client) => client.unsubscribe(CHANNEL + threadId, this.#heard)).catch(() => {});
  }

  listen(listener: Parameters<Relay["listen"]>[0]): void {
    this.#listener = listener;
  }

  /** One function, so that it is subscribed once. */
  readonly #heard = (message: string, channel: string): void => {
    const [, sender, acceptedAtMs, text = ""] = MESSAGE.exec(message) ?? [];
    const threadId = channel.slice(CHANNEL.length);
    if (sender === this.#sender || !this.#followed.has(threadId)) return;
    this.#listener(threadId, text, acceptedAtMs ? Number(acceptedAtMs) : undefined);
  };

  #subscribe(threadId: string): void {
    this.#link.ask((client) => client.subscribe(CHANNEL + threadId, this.#heard)).catch(() => {});
  }
}
