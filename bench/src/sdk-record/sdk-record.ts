import { compareCosts, type Measurement } from "../measurement.ts";
import { peer } from "../peer.ts";
import { allocatedBytes } from "./allocated-bytes.ts";
import { cpuTimes } from "./cpu-time.ts";
import {
  openTelemetryDurations,
  openTelemetryFrames,
  sockscopeDurations,
  sockscopeFrames,
} from "./recording.ts";
import { scriptTimes } from "./script-time.ts";

const COUNTER = `${peer("@opentelemetry/sdk-metrics")} counter.add`;
const HISTOGRAM = `${peer("@opentelemetry/sdk-metrics")} histogram.record`;

const TEN_MILLION = 10_000_000;

/** What recording costs the page, with the naming of frames, which the peer is spared. */
export async function sdkRecord(report: (measurement: Measurement) => void): Promise<void> {
  function compare(unit: string, value: number, against: string, peerValue: number): void {
    report(compareCosts({ bench: "sdk-record", value, unit, peer: against, peerValue }));
  }

  const [frame = Number.NaN, add = Number.NaN] = await cpuTimes([sockscopeFrames(), openTelemetryFrames()]);
  compare("ns of CPU a frame", frame, COUNTER, add);
  const [duration = Number.NaN, record = Number.NaN] = await cpuTimes([
    sockscopeDurations(),
    openTelemetryDurations(),
  ]);
  compare("ns of CPU a duration", duration, HISTOGRAM, record);
  const [withSdk = Number.NaN, without = Number.NaN] = await scriptTimes();
  compare("us of CPU in script a message, in Chromium", withSdk, "the same page without the SDK", without);

  const bytes = allocatedBytes(sockscopeFrames(), TEN_MILLION);
  const peerBytes = allocatedBytes(openTelemetryFrames(), TEN_MILLION / 10);
  const shown = Number(bytes.toFixed(2));
  compare("B allocated a frame", shown, COUNTER, peerBytes);
  if (peerBytes === 0) throw new Error("No allocation is seen at all; run it through npm run bench.");
  if (shown !== 0) throw new Error(`Recording a frame allocates ${shown} B; it must not allocate.`);
}
