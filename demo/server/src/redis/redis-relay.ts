import type { Relay } from "../groups/relay.ts";
import type { RedisLink } from "./redis-link.ts";

const CHANNEL = "sockscope:group:";

/** Who says it, when it was accepted, and the frame. */
const MESSAGE = /^(\S+) (\S*) (.*)$/s;

/** Carries what is said in threads through Redis. What nobody could be told is not kept: a rehydration tells it. */
export class RedisRelay implements Relay {
  readonly #link: RedisLink;
  /** Names this process, which has told its own members already. */
  readonly #sender: string;
  readonly #followed = new Set<string>();
  #listener: Parameters<Relay["listen"]>[0] = () => {};
  #backListener: Parameters<Relay["onBack"]>[0] = () => {};
  /** Threads in which something was said that was not published. */
  readonly #unpublished = new Set<string>();

  constructor(link: RedisLink, sender: string) {
    this.#link = link;
    this.#sender = sender;
    link.onUp(() => void this.#followAgain());
  }

  publish(threadId: string, text: string, acceptedAtMs?: number): void {
    const message = `${this.#sender} ${acceptedAtMs ?? ""} ${text}`;
    this.#link
      .ask((client) => client.publish(CHANNEL + threadId, message))
      .catch(() => this.#unpublished.add(threadId));
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

  onBack(listener: Parameters<Relay["onBack"]>[0]): void {
    this.#backListener = listener;
  }

  /** One function, so that it is subscribed once. */
  readonly #heard = (message: string, channel: string): void => {
    const [, sender, acceptedAtMs, text = ""] = MESSAGE.exec(message) ?? [];
    const threadId = channel.slice(CHANNEL.length);
    if (sender === this.#sender || !this.#followed.has(threadId)) return;
    this.#listener(threadId, text, acceptedAtMs ? Number(acceptedAtMs) : undefined);
  };

  /** First subscribed, and then caught up: whatever is said in between is heard twice rather than never. */
  async #followAgain(): Promise<void> {
    const here = [...this.#followed];
    const channels = here.map((threadId) => CHANNEL + threadId);
    try {
      if (here.length > 0) await this.#link.ask((client) => client.subscribe(channels, this.#heard));
    } catch {
      // It is gone once more, and will be back once more.
      return;
    }
    const elsewhere = [...this.#unpublished];
    this.#unpublished.clear();
    this.#backListener({ here, elsewhere });
  }

  #subscribe(threadId: string): void {
    this.#link.ask((client) => client.subscribe(CHANNEL + threadId, this.#heard)).catch(() => {});
  }
}
