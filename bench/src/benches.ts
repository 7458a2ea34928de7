import { dashboardsQueries } from "./dashboards-queries/dashboards-queries.ts";
import { ruleEvaluation } from "./rule-evaluation/rule-evaluation.ts";
import type { Bench } from "./run-benches.ts";
import { sdkRecord } from "./sdk-record/sdk-record.ts";
import { sdkSizeCore } from "./sdk-size-core.ts";
import { sdkWire } from "./sdk-wire/sdk-wire.ts";
import { serverOverhead } from "./server-overhead/server-overhead.ts";
import { socketAttempts } from "./socket-attempts/socket-attempts.ts";

/** Every bench by its id, in the order in which they run. */
export const BENCHES: ReadonlyMap<string, Bench> = new Map([
  ["dashboards-queries", dashboardsQueries],
  ["rule-evaluation", ruleEvaluation],
  ["sdk-record", sdkRecord],
  ["sdk-size-core", sdkSizeCore],
  ["sdk-wire", sdkWire],
  ["server-overhead", serverOverhead],
  ["socket-attempts", socketAttempts],
]);
