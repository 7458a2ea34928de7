import type { SessionNews, SessionRelay } from "../session/session-relay.ts";
import type { RedisLink } from "./redis-link.ts";

const CHANNEL = "sockscope:sessions";
/** Sessions that are signed out, as `ID USER`, by when that may be forgotten. */
const SIGNED_OUT = "sockscope:signed-out";

type SignOut = Extract<SessionNews, { event: "signed_out" }>;

/** Carries what becomes of sessions through Redis, which also keeps who signed out: a process that was not there hears of it later. */
export class RedisSessions implements SessionRelay {
  readonly #link: RedisLink;
  readonly #now: () => number;
  /** Sign-outs that Redis has not been told of. */
  readonly #untold = new Set<SignOut>();
  #listener: (news: SessionNews) => void = () => {};

  /** @param now the wall clock, in ms since the epoch */
  constructor(link: RedisLink, now: () => number) {
    this.#link = link;
    this.#now = now;
  }

  tell(news: SessionNews): void {
    if (news.event === "signed_out") this.#untold.add(news);
    void (news.event === "signed_out" ? this.#tellUntold() : this.#publish(news)).catch(() => {});
  }

  listen(listener: (news: SessionNews) => void): void {
    this.#listener = listener;
    this.#link.onUp(() => void this.#comeBack().catch(() => {}));
  }

  /** One function, so that it is subscribed once. */
  readonly #heard = (message: string): void => this.#listener(JSON.parse(message) as SessionNews);

  /** First subscribed, and then caught up: whoever signs out in between is heard of twice rather than never. */
  async #comeBack(): Promise<void> {
    await this.#link.ask((client) => client.subscribe(CHANNEL, this.#heard));
    await this.#tellUntold();
    const kept = await this.#link.ask((client) =>
      client.zRangeByScoreWithScores(SIGNED_OUT, this.#now(), Number.POSITIVE_INFINITY),
    );
    for (const { value, score } of kept) this.#listener(signOutOf(value, score));
  }

  async #tellUntold(): Promise<void> {
    await this.#link.ask((client) => client.zRemRangeByScore(SIGNED_OUT, "-inf", this.#now()));
    for (const news of this.#untold) {
      const kept = { value: `${news.id} ${news.user}`, score: news.untilMs };
      // First: a Redis that is full keeps nothing, and still passes it on.
      await this.#publish(news);
      await this.#link.ask((client) => client.zAdd(SIGNED_OUT, kept));
      this.#untold.delete(news);
    }
  }

  /** Also this process hears of it, once more, which changes nothing. */
  async #publish(news: SessionNews): Promise<void> {
    await this.#link.ask((client) => client.publish(CHANNEL, JSON.stringify(news)));
  }
}

function signOutOf(kept: string, untilMs: number): SignOut {
  const [id = "", user = ""] = kept.split(" ");
  return { event: "signed_out", id, user, untilMs };
}
