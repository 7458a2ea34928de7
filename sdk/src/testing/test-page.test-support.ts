import { DEFAULT_CATALOG, type LabelSet } from "@sockscope/catalog";
import { wireName } from "@sockscope/catalog/protocol";
import {
  CLIENT_FRAME_EVENTS,
  type Counter,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  SERVER_FRAME_EVENTS,
} from "@sockscope/catalog/runtime";
import { countAffected } from "../observe/affected.ts";
import { createObservations, type Observations } from "../observe/observations.ts";
import { type Conditions, createConditions } from "../page/conditions.ts";
import { createPageClock, type PageClock } from "../page/page-clock.ts";
import { createTabMemory } from "../page/tab-memory.ts";
import { createFrameCounter } from "../record/frame-counter.ts";
import { createRecorder, type Recorder } from "../record/recorder.ts";
import { consequenceWith, type OwnVocabulary } from "../vocabulary.ts";
import type { FakeHost } from "./fake-host.test-support.ts";

/** The measuring half of a page, with nothing that ships. */
export interface TestPage {
  readonly recorder: Recorder;
  readonly clock: PageClock;
  readonly conditions: Conditions;
  readonly observations: Observations;
  /** Codes of problems that a developer was told of. */
  readonly told: string[];
}

/** A page in the hands of a test. */
export function createTestPage(host: FakeHost, { frames = {}, closeCodes }: OwnVocabulary = {}): TestPage {
  const told: string[] = [];
  const tell = (code: string): void => void told.push(code);
  const recorder = createRecorder([], tell);
  const clock = createPageClock(host);
  const conditions = createConditions(host, clock);
  const received = FRAMES_RECEIVED as Counter<{ event: string }>;
  const sent = FRAMES_SENT as Counter<{ event: string }>;
  const observations = createObservations({
    recorder,
    clock,
    conditions,
    host,
    tell,
    probe: undefined,
    consequenceOf: consequenceWith(closeCodes),
    suffered: countAffected(
      recorder,
      host,
      createTabMemory(host, "chat", () => true),
    ),
    countReceived: createFrameCounter(recorder, received, SERVER_FRAME_EVENTS, frames.received ?? [], tell),
    countSent: createFrameCounter(recorder, sent, CLIENT_FRAME_EVENTS, frames.sent ?? [], tell),
  });
  return { recorder, clock, conditions, observations, told };
}

/** What was recorded since the last time, as it travels; taken. */
export function takenLines(recorder: Recorder): readonly string[] {
  const deltas = recorder.read(Infinity);
  deltas.take();
  return deltas.lines;
}

/** The labels that a collector of the product's own catalog makes of a series. */
export function labelsOf(series: string): LabelSet {
  const [name, ...values] = series.split("/").map(decodeURIComponent);
  const { metric } = DEFAULT_CATALOG.clientMetrics.find(({ metric }) => wireName(metric.name) === name) ?? {};
  return Object.fromEntries(
    Object.keys(metric?.labels ?? {}).map((label, position) => {
      const value = values[position] ?? "";
      const isCode = label === "code" && /^\d+$/.test(value);
      return [label, isCode ? DEFAULT_CATALOG.closeCodeLabel(Number(value)) : value];
    }),
  );
}
