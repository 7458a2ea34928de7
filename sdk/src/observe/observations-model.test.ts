import { CONNECT_OUTCOME, ENDED_BY, EPISODE_AFTER, EPISODE_OUTCOME } from "@sockscope/catalog";
import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECTION_DURATION,
  type ConnectTrigger,
  DOWNTIME,
  INBOUND_SILENCE,
  RECONNECT_EPISODE_ATTEMPTS,
  RECONNECT_EPISODES,
  RECONNECT_EPISODES_STARTED,
  STABLE_UPTIME_MS,
  TELEMETRY_LOST,
  TIME,
} from "@sockscope/catalog/runtime";
import { describe, expect, it } from "vitest";
import { LONGEST_NAP_MS } from "../page/page-clock.ts";
import type { FakeWebSocket } from "../testing/fake-web-socket.test-support.ts";
import { createLivingPage, type LivingPage } from "../testing/living-page.test-support.ts";
import { createRandom, type Random } from "../testing/random.test-support.ts";

/** What a page does to one socket, in numbers only: what it must have come to, not how. */
interface ModelSocket {
  readonly socket: FakeWebSocket & WebSocket;
  /** Whether something is recorded of it. */
  isLive: boolean;
  wasOpen: boolean;
  /** Whether its opening is over: what the page closes before that is no connection. */
  isConnection: boolean;
  isClosedByPage: boolean;
  /** Whether its end is recorded; it lives on where the page came back to it. */
  isEnded: boolean;
  revivedAt: number;
}

/** What was done to a page, in numbers. */
class Model {
  readonly sockets: ModelSocket[] = [];
  readonly page: LivingPage = createLivingPage();
  readonly steps: string[] = [];
  attempts = 0;
  /** Attempts that were no longer watched when nothing was decided yet. */
  undecided = 0;
  /** Ends of connections. */
  ends = 0;
  /** Ends of attempts that never opened, but for those that the page gave up. */
  failures = 0;
  awakeMs = 0;
  connectedMs = 0;

  readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  pass(ms: number): void {
    this.endTask();
    this.awakeMs += ms;
    if (this.sockets.some(({ isLive, wasOpen, isClosedByPage }) => isLive && wasOpen && !isClosedByPage))
      this.connectedMs += ms;
    this.page.pass(ms);
  }

  endTask(): void {
    this.page.endTask();
    for (const model of this.sockets) model.isConnection ||= model.wasOpen;
  }

  connect(trigger: ConnectTrigger | undefined): void {
    const socket = this.page.connect(trigger && { trigger });
    this.attempts++;
    this.sockets.push({
      socket,
      isLive: true,
      wasOpen: false,
      isConnection: false,
      isClosedByPage: false,
      isEnded: false,
      revivedAt: -Infinity,
    });
  }

  open(model: ModelSocket): void {
    if (model.socket.readyState !== model.socket.CONNECTING) return;
    model.wasOpen = true;
    model.socket.open();
  }

  receive(model: ModelSocket): void {
    if (model.socket.readyState !== model.socket.OPEN) return;
    if (!model.isLive) model.revivedAt = this.awakeMs;
    model.isLive = true;
    model.isConnection = true;
    model.socket.receive('{"type":"pong"}');
  }

  close(model: ModelSocket): void {
    if (model.socket.readyState > model.socket.OPEN) return;
    if (model.isLive) {
      model.isClosedByPage = true;
      if (!model.isConnection) model.isLive = false;
    }
    model.socket.close();
  }

  end(model: ModelSocket, codes: readonly [number, ...number[]]): void {
    if (model.socket.readyState === model.socket.CLOSED) return;
    const code = model.wasOpen ? this.random.of(codes) : 1006;
    const isOldNews =
      code === 1006 && !model.isClosedByPage && this.awakeMs - model.revivedAt < STABLE_UPTIME_MS;
    if (model.isLive && model.wasOpen && !isOldNews) this.count(model);
    if (model.isLive && !model.wasOpen) this.failures++;
    model.isLive = false;
    model.socket.end(code);
  }

  /** Of each connection one end. */
  count(model: ModelSocket): void {
    if (!model.isEnded) this.ends++;
    model.isEnded = true;
  }

  leave(): void {
    this.page.observations.leave();
    for (const model of this.sockets) {
      if (model.isLive && model.wasOpen) this.count(model);
      model.isLive = false;
    }
  }

  stop(model: ModelSocket): void {
    if (model.socket.readyState === model.socket.CLOSED) return;
    this.page.observations.observe(model.socket).stop();
    if (model.isLive && !model.isClosedByPage) this.undecided++;
    this.sockets.splice(this.sockets.indexOf(model), 1);
  }

  sleep(ms: number, clock: "stands still" | "goes on"): void {
    this.page.sleep(LONGEST_NAP_MS + ms, clock);
    this.page.clock.tick();
  }

  /** Something happens that can happen to a page. */
  step(): void {
    const { random, sockets, page } = this;
    const ms = random.of([1, 250, 999, 1_000, 2_000, STABLE_UPTIME_MS, 21_000, 125_000]);
    const trigger = random.of(["backoff", "online", undefined] as const);
    const codes = [1000, 1001, 1005, 1006, 1011, 1012, 4401, 4403] as const;
    const clock = random.of(["stands still", "goes on"] as const);
    const notEnded = sockets.filter(({ socket }) => socket.readyState !== socket.CLOSED);
    const model = notEnded[random.below(notEnded.length)];
    const onSocket = (action: (model: ModelSocket) => void) => () => model && action(model);
    const possible = {
      pass: () => this.pass(ms),
      endTask: () => this.endTask(),
      // Two are enough to be in each other's way.
      connect: () => notEnded.length < 2 && this.connect(trigger),
      open: onSocket((model) => this.open(model)),
      receive: onSocket((model) => this.receive(model)),
      close: onSocket((model) => this.close(model)),
      end: onSocket((model) => this.end(model, codes)),
      gaveUp: onSocket(({ socket }) => page.observations.observe(socket).gaveUp()),
      stop: onSocket((model) => this.stop(model)),
      leave: () => this.leave(),
      sleep: () => this.sleep(ms, clock),
      online: () => page.setOnline(true),
      offline: () => page.setOnline(false),
    };
    const often = ["pass", "pass", "connect", "open", "open", "receive", "end"] as const;
    const seldom = [
      "endTask",
      "close",
      "close",
      "gaveUp",
      "stop",
      "leave",
      "sleep",
      "online",
      "offline",
    ] as const;
    const what = random.of([...often, ...often, ...often, ...seldom]);
    this.steps.push(`${what} ${what === "pass" ? ms : model && sockets.indexOf(model)}`);
    possible[what]();
  }
}

/** What holds at any moment, whatever happened. */
function expectSound({ page, attempts, ends, failures, awakeMs, steps }: Model): void {
  const totals = page.totals();
  const what = steps.join(", ");
  const count = (...args: Parameters<typeof totals.of>) => totals.of(...args).count;
  expect(count(TIME) * 1000, what).toBeLessThanOrEqual(awakeMs);
  for (const after of ["close", "offline"])
    expect(
      count(RECONNECT_EPISODES, "recovered", after) +
        count(RECONNECT_EPISODES, "gave_up", after) +
        count(RECONNECT_EPISODES, "abandoned", after),
      what,
    ).toBeLessThanOrEqual(count(RECONNECT_EPISODES_STARTED, after));
  expect(count(RECONNECT_EPISODE_ATTEMPTS), what).toBe(count(RECONNECT_EPISODES, "recovered"));
  expect(count(DOWNTIME), what).toBe(count(RECONNECT_EPISODES, "recovered"));
  expect(count(CONNECT_ATTEMPTS), what).toBeLessThanOrEqual(attempts);
  expect(count(CLOSES), what).toBe(ends + failures);
  expect(count(CONNECTION_DURATION), what).toBe(count(INBOUND_SILENCE));
  expect(count(CONNECTION_DURATION), what).toBeLessThanOrEqual(ends);
  expect(count(TELEMETRY_LOST), what).toBe(0);
}

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);
const STEPS = 100;

describe("whatever happens in whatever order", () => {
  it.each(SEEDS)("adds up, seed %i", (seed) => {
    const model = new Model(createRandom(seed));
    for (let step = 0; step < STEPS; step++) {
      model.step();
      expectSound(model);
    }
    model.leave();
    expectSound(model);
    const { page, steps } = model;
    const totals = page.totals();
    const what = steps.join(", ");
    const count = (...args: Parameters<typeof totals.of>) => totals.of(...args).count;
    expect(count(CONNECT_ATTEMPTS), what).toBeLessThanOrEqual(model.attempts);
    expect(count(CONNECT_ATTEMPTS), what).toBeGreaterThanOrEqual(model.attempts - model.undecided);
    expect(count(RECONNECT_EPISODES), what).toBe(count(RECONNECT_EPISODES_STARTED));
    expect(count(TIME, "connected"), what).toBe(Math.floor(model.connectedMs / 1000));
    for (const { socket } of model.sockets)
      if (socket.readyState === socket.CLOSED) expect(socket.listeners).toBe(0);
  });

  it("is every way in which an attempt, a connection and an episode can end", () => {
    const met = new Set<string>();
    for (const seed of SEEDS) {
      const model = new Model(createRandom(seed));
      for (let step = 0; step < STEPS; step++) model.step();
      const totals = model.page.totals();
      for (const shown of totals.shown(CONNECT_ATTEMPTS)) met.add(shown.split(" ", 1)[0] as string);
      for (const shown of totals.shown(CLOSES)) met.add(shown.split(" ")[2] as string);
      for (const shown of totals.shown(RECONNECT_EPISODES))
        met.add(shown.split(" ").slice(0, 2).join(" after "));
    }
    const episodeEnds = EPISODE_OUTCOME.flatMap((how) =>
      EPISODE_AFTER.map((after) => `${how} after ${after}`),
    );
    expect([...met].sort()).toEqual([...CONNECT_OUTCOME, ...ENDED_BY, ...episodeEnds].sort());
  });
});
