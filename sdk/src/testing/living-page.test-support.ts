import type { ObserveOptions } from "../observe/observe-socket.ts";
import { BEAT_MS } from "../start.ts";
import { FakeHost } from "./fake-host.test-support.ts";
import { type FakeWebSocket, fakeWebSocket } from "./fake-web-socket.test-support.ts";
import { Totals } from "./recorded.test-support.ts";
import { createTestPage, type TestPage, takenLines } from "./test-page.test-support.ts";

/** A page that is used: time passes, the network comes and goes, the machine sleeps. */
export interface LivingPage extends TestPage {
  readonly host: FakeHost;
  /** Observes a socket that connects from now on. */
  connect(options?: ObserveOptions<string, string>): FakeWebSocket & WebSocket;
  /** Observes a socket that connects, and opens it. */
  open(options?: ObserveOptions<string, string>): FakeWebSocket & WebSocket;
  /** Time passes while the page is awake. */
  pass(ms: number): void;
  /** The task is over, without any time. */
  endTask(): void;
  /** The machine sleeps; the page has not looked at its clocks since. Until then, the clock may stand still or go on. */
  sleep(ms: number, monotonicClock: "stands still" | "goes on"): void;
  setOnline(isOnline: boolean): void;
  setVisible(isVisible: boolean): void;
  /** Everything that was recorded from the beginning. */
  totals(): Totals;
}

/** A page in the hands of a test that looks at its clocks as often as a real one. */
export function createLivingPage(host: FakeHost = new FakeHost()): LivingPage {
  const page = createTestPage(host);
  const { clock, conditions, observations, recorder } = page;
  const totals = new Totals();

  function connect(options?: ObserveOptions<string, string>): FakeWebSocket & WebSocket {
    const socket = fakeWebSocket();
    observations.observe(socket, options);
    return socket;
  }

  function endTask(): void {
    for (const [timer, { at, callback }] of host.timers) {
      if (at > host.clock) continue;
      host.timers.delete(timer);
      callback();
    }
  }

  return {
    ...page,
    host,
    connect,
    open: (options) => {
      const socket = connect(options);
      socket.open();
      return socket;
    },
    pass: (ms) => {
      for (let left = ms; left > 0; left -= BEAT_MS) {
        const step = Math.min(BEAT_MS, left);
        endTask();
        host.clock += step;
        host.wall += step;
        clock.tick();
        observations.settle();
      }
    },
    endTask,
    sleep: (ms, monotonicClock) => {
      host.wall += ms;
      if (monotonicClock === "goes on") host.clock += ms;
    },
    setOnline: (isOnline) => {
      host.online = isOnline;
      observations.settle();
      conditions.changed();
    },
    setVisible: (isVisible) => {
      host.visible = isVisible;
      observations.settle();
      conditions.changed();
      observations.settle();
    },
    totals: () => {
      totals.add(takenLines(recorder));
      return totals;
    },
  };
}
