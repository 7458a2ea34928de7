import { AggregationTemporality, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import {
  type Counter,
  FRAMES_RECEIVED,
  MESSAGE_LATENCY,
  SERVER_FRAME_EVENTS,
} from "@sockscope/catalog/runtime";
import { createFrameCounter } from "../../../sdk/dist/record/frame-counter.js";
import { createRecorder } from "../../../sdk/dist/record/recorder.js";
import { EVENTS, receivedFrames } from "../frames.ts";

/** A way to record, measured in rounds. */
export interface Recording {
  /** Records this often. */
  record(times: number): void;
  /** Takes what was recorded, as an export does, so that every round adds to the same sums. */
  take(): Promise<void>;
}

/** How many different frames and durations there are; a power of two. */
const VARIETY = 4_096;

const frames = receivedFrames(VARIETY);
const texts = frames.map(({ text }) => text);
const kinds = frames.map(({ kind }) => kind);
/** In seconds, up to a second and a half; most of them short. */
const durations = kinds.map((kind, index) => (1 + kind) ** 2 * 0.01 + index / VARIETY);

/** Names frames and counts them, as the SDK does for each that it receives. */
export function sockscopeFrames(): Recording {
  const recorder = createRecorder();
  const counter = FRAMES_RECEIVED as Counter<{ event: string }>;
  const count = createFrameCounter(recorder, counter, SERVER_FRAME_EVENTS, [], () => {});
  return {
    record: (times) => {
      for (let at = 0; at < times; at++) count(texts[at % VARIETY]);
    },
    take: async () => recorder.read(Infinity).take(),
  };
}

/** Observes durations. */
export function sockscopeDurations(): Recording {
  const recorder = createRecorder();
  return {
    record: (times) => {
      for (let at = 0; at < times; at++) recorder.observe(MESSAGE_LATENCY, durations[at % VARIETY] as number);
    },
    take: async () => recorder.read(Infinity).take(),
  };
}

class OnDemandReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

function openTelemetry() {
  const reader = new OnDemandReader({ aggregationTemporalitySelector: () => AggregationTemporality.DELTA });
  const meter = new MeterProvider({ readers: [reader] }).getMeter("bench");
  return { meter, take: async () => void (await reader.collect()) };
}

/** Counts frames whose name is known already, under attributes that are made already. */
export function openTelemetryFrames(): Recording {
  const { meter, take } = openTelemetry();
  const counter = meter.createCounter("frames");
  const attributes = EVENTS.map((event) => ({ event }));
  return {
    record: (times) => {
      for (let at = 0; at < times; at++) counter.add(1, attributes[kinds[at % VARIETY] as number]);
    },
    take,
  };
}

/** Records durations into the same buckets. */
export function openTelemetryDurations(): Recording {
  const { meter, take } = openTelemetry();
  const { bounds } = MESSAGE_LATENCY.layout;
  const histogram = meter.createHistogram("latency", {
    advice: { explicitBucketBoundaries: [...bounds] },
  });
  return {
    record: (times) => {
      for (let at = 0; at < times; at++) histogram.record(durations[at % VARIETY] as number);
    },
    take,
  };
}
