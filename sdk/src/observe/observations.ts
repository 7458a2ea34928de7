import { contain } from "../contain.ts";
import type { Environment } from "../environment.ts";
import type { Recorder } from "../record/recorder.ts";
import type { Vocabulary } from "../vocabulary.ts";
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
  observe(socket: WebSocket, options?: ObserveOptions<string, string>): Observation;
  /** Decides what became of attempts, where time alone has decided it. Call it before a batch is closed. */
  settle(): void;
  /** The page goes away: every measurement ends now. */
  leave(): void;
  /** Leaves every socket as it was, and observes no other. */
  stop(): void;
}

const NOTHING: Observation = { stop: () => {} };

/** Observations of no socket yet. */
export function createObservations(
  recorder: Recorder,
  environment: Environment,
  vocabulary: Vocabulary,
): Observations {
  const suffered = countAffected(recorder, environment, vocabulary);
  const active = new Set<SocketObservation>();
  /** Ended ones too: a close event that comes after the page's return must not find its socket unknown. */
  const bySocket = new WeakMap<WebSocket, Observation>();
  let isStopped = false;

  const add = contain(recorder, (socket: WebSocket, options: ObserveOptions<string, string>) => {
    if (!isStopped && !bySocket.has(socket))
      bySocket.set(
        socket,
        observeSocket(socket, options, { recorder, environment, vocabulary, suffered, active }),
      );
  });

  function observe(socket: WebSocket, options: ObserveOptions<string, string> = {}): Observation {
    add(socket, options);
    return bySocket.get(socket) ?? NOTHING;
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
