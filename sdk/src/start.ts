import { batchPath } from "@sockscope/catalog/protocol";
import {
  CLIENT_FRAME_EVENTS,
  type Counter,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  type Histogram,
  type LabelSet,
  SERVER_FRAME_EVENTS,
} from "@sockscope/catalog/runtime";
import { contain } from "./contain.ts";
import { browserHost, type Host } from "./host.ts";
import { type ClientNotice, NOTICES } from "./notices.ts";
import { countAffected } from "./observe/affected.ts";
import { createObservations, NOTHING } from "./observe/observations.ts";
import type { Observation, ObserveOptions } from "./observe/observe-socket.ts";
import type { Probe } from "./observe/probe.ts";
import type { SocketLike } from "./observe/shadow.ts";
import {
  baseUrl,
  DEFAULT_FLUSH_INTERVAL_MS,
  mistakeIn,
  type SockscopeOptions,
  unknownOptions,
} from "./options.ts";
import { createConditions } from "./page/conditions.ts";
import { createHeapGrowth } from "./page/heap-growth.ts";
import { createPageClock } from "./page/page-clock.ts";
import { followPage } from "./page/page-life.ts";
import { createReloads } from "./page/reloads.ts";
import { createTabMemory } from "./page/tab-memory.ts";
import { createTell, type Tell, textOf, UNKNOWN } from "./problems.ts";
import { createFrameCounter } from "./record/frame-counter.ts";
import { createOwnMetrics } from "./record/own-metrics.ts";
import { createRecorder } from "./record/recorder.ts";
import type { Sink } from "./record/sink.ts";
import { createSession } from "./session.ts";
import { createShipper } from "./ship/shipper.ts";
import { consequenceWith } from "./vocabulary.ts";

/**
 * A page's running instrumentation. No method throws, and no promise rejects: faults are counted as lost telemetry.
 *
 * @typeParam Received names of own frames from the server, as `start` was told
 * @typeParam Sent names of own frames to the server, as `start` was told
 */
export interface Sockscope<Received extends string = never, Sent extends string = never> {
  /** Identifies this page load to the collector: 32 hexadecimal digits. Never a label, never stored. Empty when nothing was started. */
  readonly session: string;
  /**
   * Records a socket until it closes or the page goes away. Call it right after `new WebSocket()`: of a socket that is
   * already open, only frames and the close are counted, and of one that is closing or closed, nothing. A socket that
   * was observed before keeps its one observation, and nothing counts twice. A client that opens sockets of its own, such
   * as reconnecting-websocket, is followed connection by connection.
   */
  observe(socket: SocketLike, options?: ObserveOptions<Received, Sent>): Observation;
  /**
   * An attempt ended before it had a socket, such as at its token, and another may follow: counts as failed. `chatSocket` says it
   * by itself.
   */
  attempted(options?: ObserveOptions<Received, Sent>): Observation;
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
  /**
   * Counts what only a client knows: what it kept from the application, and how its token was refreshed. `chatSocket` says it by
   * itself.
   */
  noticed(what: ClientNotice): void;
  /** Says whether anything may be sent. Taken back, what was not sent is forgotten, and nothing is sent any more. */
  consent(isGranted: boolean): void;
  /** Sends what was recorded, now. Resolves when it was answered or has failed; what failed is sent again later. */
  flush(): Promise<void>;
  /** Stops for good: removes every listener and timer, and leaves every socket as it was. Resolves after a last flush; what it cannot send is not sent. */
  stop(): Promise<void>;
}

/** What runs in this page, by collector and app, whichever bundle started it. */
const RUNNING = Symbol.for("sockscope.running");

/** How often a page looks at its clocks and its heap, in ms, and decides what time alone decides. */
export const BEAT_MS = 2_000;

/**
 * Starts to record and to ship. A second start with the same collector and app returns what runs already. Never throws: where
 * it cannot start, it returns an instance that does nothing, and says why on the console and to `onProblem`.
 */
export function start<const Received extends string = never, const Sent extends string = never>(
  options: SockscopeOptions<Received, Sent>,
): Sockscope<Received, Sent> {
  let given: Partial<SockscopeOptions<Received, Sent>> = {};
  try {
    // A copy: whoever has getters may answer otherwise, or throw, the next time.
    given = { ...options };
    return running(given as SockscopeOptions<Received, Sent>);
  } catch (fault) {
    createTell(whose(given), given.onProblem)(
      "SOCKSCOPE_ERR_OPTIONS",
      `nothing is measured: ${textOf(fault)}`,
    );
    return inert();
  }
}

/** Who has a problem, as a message says it. */
function whose({ collector, app }: Partial<SockscopeOptions>): string {
  const { origin } = globalThis as { origin?: string };
  return `collector ${textOf(collector)}, app ${textOf(app)}, origin ${origin}`;
}

/** What runs for a collector and an app already, or now. */
function running<Received extends string, Sent extends string>(
  options: SockscopeOptions<Received, Sent>,
): Sockscope<Received, Sent> {
  const mistake = mistakeIn(options);
  if (mistake) throw new TypeError(mistake);
  const page = globalThis as { [RUNNING]?: Map<string, Sockscope<Received, Sent>> };
  page[RUNNING] ??= new Map();
  const all = page[RUNNING];
  const key = `${baseUrl(options.collector)} ${options.app}`;
  const instance =
    all.get(key) ??
    launch(options, () => {
      if (all.get(key) === instance) all.delete(key);
    });
  all.set(key, instance);
  return instance;
}

/** What an instance does that could not be started. */
function inert(): Sockscope {
  const nothing = (): void => {};
  const resolved = (): Promise<void> => Promise.resolve();
  return {
    session: "",
    observe: () => NOTHING,
    attempted: () => NOTHING,
    count: nothing,
    record: nothing,
    noticed: nothing,
    consent: nothing,
    flush: resolved,
    stop: resolved,
  };
}

function launch(options: SockscopeOptions, whenStopped: () => void): Sockscope<string, string> {
  const { app, frames = {}, closeCodes, beforeSend, probe, storage } = options;
  const { flushIntervalMs = DEFAULT_FLUSH_INTERVAL_MS, sampleRate = 1, consent = true } = options;
  const host: Host = options.host ?? browserHost();
  const tell = createTell(whose(options), options.onProblem);
  for (const option of unknownOptions(options)) tell(UNKNOWN, `there is no option ${textOf(option)}`);
  const recorder = createRecorder((options.sinks ?? []).map(harmless(tell)), tell);
  const session = createSession(host);
  // As random as the session; a byte or two of it would be too coarse for a small share.
  const isSampled = Number.parseInt(session.slice(0, 8), 16) / 2 ** 32 < sampleRate;
  let isGranted = consent && isSampled;
  const clock = createPageClock(host);
  const conditions = createConditions(host, clock);
  const memory = createTabMemory(host, app, () => isGranted);
  const frameCounter = (
    counter: typeof FRAMES_RECEIVED | typeof FRAMES_SENT,
    events: readonly string[],
    own: readonly string[] = [],
  ) => createFrameCounter(recorder, counter as Counter<{ event: string }>, events, own, tell);
  const observations = createObservations({
    recorder,
    clock,
    conditions,
    host,
    tell,
    probe: probe && politely(probe, () => isGranted),
    consequenceOf: consequenceWith(closeCodes),
    suffered: countAffected(recorder, host, memory),
    countReceived: frameCounter(FRAMES_RECEIVED, SERVER_FRAME_EVENTS, frames.received),
    countSent: frameCounter(FRAMES_SENT, CLIENT_FRAME_EVENTS, frames.sent),
  });
  const shipper = createShipper({
    url: baseUrl(options.collector) + batchPath(session, options),
    flushIntervalMs,
    isGranted: () => isGranted,
    recorder,
    host,
    tell,
    beforeSend,
    storage,
    settle: observations.settle,
  });
  const reloads = createReloads(recorder, host, memory);
  const lookAtHeap = createHeapGrowth(recorder, clock, host);
  let beating: unknown;
  const beat = contain(recorder, () => {
    beating = host.setTimeout(beat, BEAT_MS);
    clock.tick();
    observations.settle();
    lookAtHeap();
    shipper.arm();
  });
  const unfollow = followPage(host, recorder, {
    thaw: clock.thaw,
    conditionsChanged: () => {
      // What was before the change counts as it was.
      observations.settle();
      conditions.changed();
      observations.settle();
    },
    hide: shipper.hide,
    leave: () => {
      reloads.leave(observations.worstState());
      // In this order, so that the ends are on board.
      observations.leave();
      shipper.leave();
      clock.freeze();
    },
    comeBack: () => {
      clock.tick();
      observations.comeBack();
      shipper.comeBack();
    },
  });
  contain(recorder, reloads.count)();
  beat();
  shipper.start();
  const own = createOwnMetrics(recorder, tell);

  return {
    session,
    observe: observations.observe,
    attempted: observations.attempted,
    count: contain(recorder, own.count),
    record: contain(recorder, own.record),
    noticed: contain(recorder, (what) => recorder.count(...NOTICES[what])),
    consent: contain(recorder, (isGrantedNow) => {
      // What an earlier page has kept is not this one's to send.
      if (isGrantedNow && !isSampled) return;
      isGranted = isGrantedNow;
      shipper.consentChanged();
      if (isGranted) reloads.count();
      else memory.forgetAll();
    }),
    flush: shipper.flush,
    stop: () => {
      contain(recorder, unfollow)();
      contain(recorder, () => host.clearTimeout(beating))();
      observations.stop();
      whenStopped();
      return shipper.stop();
    },
  };
}

/** Makes sinks whose faults are told, and stay their own. */
function harmless(tell: Tell): (sink: Sink) => Sink {
  const fail = (fault: unknown): void =>
    tell("SOCKSCOPE_ERR_SINK", `a sink threw, and lacks what it was told: ${textOf(fault)}`);
  return (sink) => ({
    counted: (series, by) => safely(() => sink.counted?.(series, by), fail),
    observed: (series, value) => safely(() => sink.observed?.(series, value), fail),
  });
}

/** A probe whose faults stay its own, and that asks nothing while it may not. */
function politely(probe: Probe, isAllowed: () => boolean): Probe {
  return {
    opened: (url) => safely(() => probe.opened(url)),
    neverOpened: (url, count) => safely(() => isAllowed() && probe.neverOpened(url, count)),
  };
}

function safely(action: () => void, fail: (fault: unknown) => void = () => {}): void {
  try {
    action();
  } catch (fault) {
    fail(fault);
  }
}
