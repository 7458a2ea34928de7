import { batchPath } from "@sockscope/catalog/protocol";
import type { Counter, Histogram, LabelSet } from "@sockscope/catalog/runtime";
import { contain } from "./contain.ts";
import { browserEnvironment, type LifecycleEvent } from "./environment.ts";
import { createObservations, type Observations } from "./observe/observations.ts";
import type { Observation, ObserveOptions } from "./observe/socket-observation.ts";
import { checkedCollector, DEFAULT_FLUSH_INTERVAL_MS, type SockscopeOptions } from "./options.ts";
import { Recorder } from "./record/recorder.ts";
import { createSession } from "./session.ts";
import { createShipper, type Shipper } from "./ship/shipper.ts";
import { createVocabulary } from "./vocabulary.ts";

/**
 * A page's running instrumentation. No method throws, and no promise rejects: faults are counted as lost telemetry.
 *
 * @typeParam Received names of own frames from the server, as `start` was told
 * @typeParam Sent names of own frames to the server, as `start` was told
 */
export interface Sockscope<Received extends string = never, Sent extends string = never> {
  /** Identifies this page load to the collector: 32 hexadecimal digits. Never a label, never stored. */
  readonly session: string;
  /**
   * Records a socket until it closes or the page goes away. Call it right after `new WebSocket()`: of a socket that is
   * already open, only frames and the close are counted, and of one that is closing or closed, nothing. A socket that
   * was observed before keeps its one observation, and nothing counts twice.
   */
  observe(socket: WebSocket, options?: ObserveOptions<Received, Sent>): Observation;
  /**
   * Adds to a counter of the application's own, which the collector has to be configured with.
   *
   * @param by a whole number from 1. Default: 1
   */
  count<L extends LabelSet>(counter: Counter<L>, labels: NoInfer<L>, by?: number): void;
  /**
   * Adds one observation to a histogram of the application's own, which the collector has to be configured with.
   *
   * @param value in the metric's unit
   */
  record<L extends LabelSet>(histogram: Histogram<L>, value: number, labels: NoInfer<L>): void;
  /** Sends what was recorded, now. Resolves when it was answered or has failed; what failed is sent again later. */
  flush(): Promise<void>;
  /** Stops for good: removes every listener and timer, and leaves every socket as it was. Resolves after a last flush; what it cannot send is not sent. */
  stop(): Promise<void>;
}

/**
 * Starts to record and to ship. Once a page load is enough.
 *
 * @throws SockscopeOptionsError when an option cannot work; where the host lacks `crypto` or `performance`, what it throws.
 *   Nothing else in the SDK throws
 */
export function start<const Received extends string = never, const Sent extends string = never>(
  options: SockscopeOptions<Received, Sent>,
): Sockscope<Received, Sent> {
  const { flushIntervalMs = DEFAULT_FLUSH_INTERVAL_MS, environment = browserEnvironment() } = options;
  const collector = checkedCollector(options);
  const session = createSession(environment);
  const vocabulary = createVocabulary(options);
  const recorder = new Recorder(vocabulary.own);
  const observations = createObservations(recorder, environment, vocabulary);
  const url = collector + batchPath(session, options);
  const settle = contain(recorder, observations.settle);
  const shipper = createShipper(url, flushIntervalMs, recorder, environment, settle);

  let unsubscribe = (): void => {};
  contain(recorder, () => {
    unsubscribe = environment.subscribe(contain(recorder, follow(observations, shipper)));
  })();
  shipper.start();

  return {
    session,
    observe: observations.observe,
    count: contain(recorder, (counter, labels, by) => recorder.increment(counter, labels, by)),
    record: contain(recorder, (histogram, value, labels) => recorder.observe(histogram, value, labels)),
    flush: shipper.flush,
    stop: () => {
      contain(recorder, unsubscribe)();
      observations.stop();
      return shipper.stop();
    },
  };
}

/** What the page's life means to the parts. */
function follow(observations: Observations, shipper: Shipper): (event: LifecycleEvent) => void {
  let left = false;
  return (event) => {
    if (event === "pagehide" || event === "freeze") {
      if (left) return;
      left = true;
      // In this order, so that the ends are on board.
      observations.leave();
      shipper.leave();
      return;
    }
    // A page that leaves is hidden just after its `pagehide`; everything is on its way by then.
    if (event === "hidden" && left) return;
    left = false;
    shipper.comeBack();
  };
}
