import {
  DOWNTIME,
  RECONNECT_EPISODE_ATTEMPTS,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
  STABLE_UPTIME_MS,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { LONGEST_NAP_MS } from "../page/page-clock.ts";
import type { FakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { createLivingPage, type LivingPage } from "../testing/living-page.test-support.ts";
import { createRandom, type Random } from "../testing/random.test-support.ts";

/** One socket of the endpoint, as the page's user has it. */
interface ModelSocket {
  readonly socket: FakeWebSocket & WebSocket;
  /** Whether the page knows of it: not since it left, unless it came back to it. */
  isLive: boolean;
  isClosedByPage: boolean;
  openMs: number;
  /** Whether it was a connection that holds: whoever has none of those is without. */
  hasHeld: boolean;
}

/** Time that passed, and what was open in it. */
interface Span {
  readonly ms: number;
  readonly open: readonly ModelSocket[];
  /** Whether an episode ended that may have had it in its downtime. */
  isCounted: boolean;
}

/** What a page has of one endpoint, and when: known from the sockets alone. */
class Model {
  readonly page: LivingPage = createLivingPage();
  readonly spans: Span[] = [];
  readonly steps: string[] = [];
  readonly random: Random;
  sockets: ModelSocket[] = [];
  isAway = false;
  recovered = 0;
  ended = 0;
  /** How often the page lost what it had, as far as another episode may have begun with it. */
  losses = 0;
  /** Whether the last episode is over, as far as there was one: by a connection that held, or without. */
  isOver = true;

  constructor(random: Random) {
    this.random = random;
  }

  get open(): ModelSocket[] {
    return this.sockets.filter(
      ({ socket, isLive, isClosedByPage }) => isLive && !isClosedByPage && socket.readyState === socket.OPEN,
    );
  }

  get connecting(): ModelSocket[] {
    return this.sockets.filter(({ socket, isLive }) => isLive && socket.readyState === socket.CONNECTING);
  }

  /** When there was no connection that holds, as far as was known when it counted, or is by now. */
  get without(): Span[] {
    return this.spans.filter(({ open, isCounted }) => isCounted || !open.some(({ hasHeld }) => hasHeld));
  }

  get withoutMs(): number {
    return this.without.reduce((sum, { ms }) => sum + ms, 0);
  }

  pass(ms: number): void {
    const { open } = this;
    this.spans.push({ ms, open, isCounted: false });
    for (const model of open) {
      model.openMs += ms;
      model.hasHeld ||= model.openMs >= STABLE_UPTIME_MS;
    }
    this.page.pass(ms);
  }

  connect(): ModelSocket {
    const trigger = this.random.of(["backoff", "online", undefined] as const);
    const model: ModelSocket = {
      socket: this.page.connect(trigger && { trigger }),
      isLive: true,
      isClosedByPage: false,
      openMs: 0,
      hasHeld: false,
    };
    this.sockets.push(model);
    return model;
  }

  opens(model: ModelSocket): void {
    if (model.socket.readyState !== model.socket.CONNECTING) return;
    model.isLive ||= !this.isAway;
    model.socket.open();
  }

  receive(model: ModelSocket): void {
    if (model.socket.readyState !== model.socket.OPEN) return;
    model.isLive = true;
    model.hasHeld = true;
    model.socket.receive('{"type":"pong"}');
  }

  close(model: ModelSocket): void {
    this.lose(() => {
      model.isClosedByPage = true;
      model.socket.close();
    });
  }

  /** Does what the page may lose its connection by. */
  lose(action: () => void): void {
    const { open } = this;
    this.isOver ||= open.some(({ hasHeld }) => hasHeld);
    action();
    if (open.length === 0 || this.open.length > 0 || !this.isOver) return;
    this.losses++;
    this.isOver = false;
  }

  end({ socket }: ModelSocket): void {
    this.lose(() => socket.end(this.random.of([1000, 1006, 1006, 1012, 4401])));
  }

  /** The server goes, or the network. */
  endAll(): void {
    for (const model of this.sockets) if (!model.isClosedByPage) this.end(model);
  }

  /** A peer that is gone says nothing: of what the page closed it is known late. */
  endLate(): void {
    const closed = this.sockets.find(({ isClosedByPage }) => isClosedByPage);
    closed?.socket.end(this.random.of([1005, 1006, 1006]));
  }

  /** A client finds its connection dead, and makes another. */
  replace(model: ModelSocket): void {
    this.close(model);
    this.opens(this.connect());
  }

  /** A server accepts, and closes again. */
  comesAndGoes(): void {
    const model = this.connect();
    this.opens(model);
    if (this.random.of([true, false])) this.receive(model);
    this.end(model);
  }

  leave(): void {
    const { observations, clock } = this.page;
    observations.leave();
    clock.freeze();
    this.isAway = true;
    this.isOver = true;
    for (const model of this.sockets) model.isLive = false;
  }

  comeBack(): void {
    const { observations, clock } = this.page;
    clock.thaw();
    clock.tick();
    observations.comeBack();
    this.isAway = false;
    for (const model of this.sockets)
      model.isLive ||= !model.isClosedByPage && model.socket.readyState === model.socket.OPEN;
  }

  sleep(): void {
    this.page.sleep(2 * LONGEST_NAP_MS, this.random.of(["stands still", "goes on"]));
    this.page.clock.tick();
  }

  stop({ socket }: ModelSocket): void {
    this.lose(() => {
      this.page.observations.observe(socket).stop();
      this.sockets = this.sockets.filter((model) => model.socket !== socket);
    });
  }

  /** Something happens to the page that can happen, and what holds then is looked at. */
  step(): void {
    const { random, page } = this;
    this.sockets = this.sockets.filter(({ socket }) => socket.readyState !== socket.CLOSED);
    const model = this.sockets[random.below(this.sockets.length)];
    const onSocket = (action: (model: ModelSocket) => void) => () => model && action(model);
    const ms = random.of([1, 999, 1_000, 2_000, STABLE_UPTIME_MS, 21_000, 125_000]);
    const possible = {
      pass: () => this.pass(ms),
      // One that the page has, one that it closed, and one that comes in their place.
      connect: () => this.sockets.length < 3 && this.connect(),
      opens: onSocket((model) => this.opens(model)),
      receive: onSocket((model) => this.receive(model)),
      close: onSocket((model) => this.close(model)),
      replace: onSocket((model) => this.replace(model)),
      comesAndGoes: () => this.comesAndGoes(),
      endAll: () => this.endAll(),
      endLate: () => this.endLate(),
      gaveUp: onSocket(({ socket }) => page.observations.observe(socket).gaveUp()),
      unwanted: onSocket(({ socket }) => page.observations.observe(socket).unwanted()),
      stop: onSocket((model) => this.stop(model)),
      leave: () => this.leave(),
      comeBack: () => this.comeBack(),
      hide: () => page.setVisible(false),
      show: () => page.setVisible(true),
      sleep: () => this.sleep(),
      online: () => page.setOnline(true),
      offline: () => page.setOnline(false),
    };
    const often = [
      "pass",
      "pass",
      "connect",
      "opens",
      "receive",
      "replace",
      "comesAndGoes",
      "endAll",
      "endLate",
    ] as const;
    const seldom = [
      "close",
      "close",
      "gaveUp",
      "unwanted",
      "stop",
      "leave",
      "comeBack",
      "comeBack",
      "hide",
      "show",
      "sleep",
      "online",
      "offline",
    ] as const;
    const what = random.of([...often, ...often, ...often, ...often, ...often, ...seldom]);
    const { open } = this;
    const before = page.observations.worstState();
    const isLate = what === "endLate";
    const mayRecover = open.length > 0 || what === "comesAndGoes" || isLate;
    this.steps.push(`${what} ${what === "pass" ? ms : model && this.sockets.indexOf(model)}`);
    possible[what]();
    // What is known late does not have a client try again.
    if (isLate && (before === "rejected" || before === "gave_up"))
      expect(page.observations.worstState(), this.steps.join(", ")).toBe(before);
    this.expectSound(mayRecover || this.open.length > 0);
  }

  /** @param mayRecover whether there is a connection that an episode may have ended with */
  expectSound(mayRecover: boolean): void {
    const totals = this.page.totals();
    const what = this.steps.join(", ");
    const count = (...args: Parameters<typeof totals.of>) => totals.of(...args).count;
    const running = count(RECONNECT_EPISODES_STARTED) - count(RECONNECT_EPISODES);
    expect([0, 1], what).toContain(running);
    const recovered = count(RECONNECT_EPISODES, "recovered");
    if (!mayRecover) expect(recovered, what).toBe(this.recovered);
    if (recovered > this.recovered) for (const span of this.without) span.isCounted = true;
    this.recovered = recovered;
    expect(count(RECONNECT_EPISODES_STARTED), what).toBeLessThanOrEqual(this.losses);
    const ended = count(RECONNECT_EPISODES);
    this.isOver ||= ended > this.ended;
    this.ended = ended;
    expect(count(DOWNTIME), what).toBe(recovered);
    expect(count(RECONNECT_EPISODE_ATTEMPTS), what).toBe(recovered);
    expect(totals.of(DOWNTIME).sum * 1000, what).toBeLessThanOrEqual(this.withoutMs + 0.001);
    const state = this.page.observations.worstState();
    if (this.open.length > 0) expect(state, what).toBe("connected");
    else if (this.connecting.length === 0) expect(state, what).not.toBe("connected");
  }
}

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);
const STEPS = 120;

describe("what a page has of an endpoint, whatever happens in whatever order", () => {
  it.each(SEEDS)("is what its sockets are, and its episodes are when it had none, seed %i", (seed) => {
    const model = new Model(createRandom(seed));
    for (let step = 0; step < STEPS; step++) model.step();
    model.leave();
    const totals = model.page.totals();
    const what = model.steps.join(", ");
    for (const after of ["close", "offline"]) {
      const ended = ["recovered", "gave_up", "abandoned"].map(
        (outcome) => totals.of(RECONNECT_EPISODES, outcome, after).count,
      );
      const started = totals.of(RECONNECT_EPISODES_STARTED, after).count;
      expect(
        ended.reduce((sum, count) => sum + count),
        what,
      ).toBe(started);
    }
    expect(model.page.observations.worstState(), what).toBeUndefined();
  });
});
