import type { Recorder } from "../record/recorder.ts";
import { type Observation, type ObserveOptions, SocketObservation } from "./socket-observation.ts";

const NOTHING: Observation = { stop: () => {} };

/** Every socket of the page that is observed, each of them once. */
export class Observations {
  readonly #recorder: Recorder;
  readonly #now: () => number;
  readonly #active = new Set<SocketObservation>();
  /** Ended ones too: a close event that comes after the page's return must not find its socket unknown. */
  readonly #bySocket = new WeakMap<WebSocket, Observation>();
  #stopped = false;

  /** @param now a clock that never jumps, in ms */
  constructor(recorder: Recorder, now: () => number) {
    this.#recorder = recorder;
    this.#now = now;
  }

  /** Observes a socket, or returns the observation that it has. Never throws: what it cannot observe counts as lost. */
  observe(socket: WebSocket, options: ObserveOptions): Observation {
    const known = this.#bySocket.get(socket);
    if (known) return known;
    if (this.#stopped) return NOTHING;
    try {
      return this.#begin(socket, options);
    } catch {
      this.#recorder.lose("internal");
      return NOTHING;
    }
  }

  /** The page goes away: every measurement ends now. */
  leave(): void {
    for (const observation of this.#active) observation.leave();
  }

  /** Leaves every socket as it was, and observes no other. */
  stop(): void {
    this.#stopped = true;
    for (const observation of this.#active) observation.stop();
  }

  #begin(socket: WebSocket, options: ObserveOptions): Observation {
    const observation = new SocketObservation(socket, options, {
      recorder: this.#recorder,
      now: this.#now,
      ended: (ended) => this.#active.delete(ended),
    });
    if (observation.start()) this.#active.add(observation);
    this.#bySocket.set(socket, observation);
    return observation;
  }
}
