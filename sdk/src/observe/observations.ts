import type { Recorder } from "../record/recorder.ts";
import { countAffected } from "./affected.ts";
import {
  type Observation,
  type ObserveOptions,
  observeSocket,
  type SocketObservation,
} from "./socket-observation.ts";

/** Every socket of the page that is observed, each of them once. */
export interface Observations {
  /** Observes a socket, or returns the observation that it has. Never throws: what it cannot observe counts as lost. */
  observe(socket: WebSocket, options?: ObserveOptions): Observation;
  /** Decides what became of attempts, where time alone has decided it. Call it before a batch is closed. */
  settle(): void;
  /** The page goes away: every measurement ends now. */
  leave(): void;
  /** Leaves every socket as it was, and observes no other. */
  stop(): void;
}

const NOTHING: Observation = { stop: () => {} };

/**
 * Observations of no socket yet.
 *
 * @param now a clock that never jumps, in ms
 * @param defer runs something in a task of its own
 */
export function createObservations(
  recorder: Recorder,
  now: () => number,
  defer: (run: () => void) => void,
): Observations {
  const suffered = countAffected(recorder, now);
  const active = new Set<SocketObservation>();
  /** Ended ones too: a close event that comes after the page's return must not find its socket unknown. */
  const bySocket = new WeakMap<WebSocket, Observation>();
  let isStopped = false;

  function observe(socket: WebSocket, options: ObserveOptions = {}): Observation {
    const known = bySocket.get(socket);
    if (known || isStopped) return known ?? NOTHING;
    try {
      const observation = observeSocket(socket, options, { recorder, now, defer, suffered, active });
      bySocket.set(socket, observation);
      return observation;
    } catch {
      recorder.lose("internal");
      return NOTHING;
    }
  }

  function settle(): void {
    for (const observation of active) observation.settle();
  }

  function leave(): void {
    for (const observation of active) observation.leave();
  }

  function stop(): void {
    isStopped = true;
    for (const observation of active) observation.stop();
  }

  return { observe, settle, leave, stop };
}
