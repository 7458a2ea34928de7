import type { RefusalCode } from "@sockscope/catalog/protocol";
import { onTestFinished } from "vitest";
import type { CollectorApp, RefusedSample } from "../collector-options.ts";
import { type CollectorState, createCollectorState } from "../collector-state.ts";
import { ingestApps } from "../ingest/ingest-app.ts";
import { INGEST_LIMITS, type IngestLimits } from "../ingest/ingest-limits.ts";
import { IngestListener } from "../ingest/ingest-listener.ts";
import { listen, stopListening } from "../listener.ts";
import { CHAT } from "./batches.test-support.ts";

/** An ingest listener without the rest of a collector. */
export interface TestIngest {
  readonly url: string;
  readonly state: CollectorState;
  readonly ingest: IngestListener;
  readonly faults: unknown[];
  /** The refusals that the log was told about. */
  readonly told: RefusedSample[];
  /** How many there were of any app. */
  readonly refusals: (code: RefusalCode) => number;
}

/** Starts an ingest listener that stops when the test has finished. */
export async function startTestIngest(
  limits: Partial<IngestLimits> = {},
  apps: readonly CollectorApp[] = [CHAT],
): Promise<TestIngest> {
  const anywhere = { host: "127.0.0.1", port: 0 };
  const told: RefusedSample[] = [];
  const state = createCollectorState({
    listen: anywhere,
    admin: anywhere,
    apps,
    onRefused: (sample) => told.push(sample),
  });
  const faults: unknown[] = [];
  const ingest = new IngestListener({
    apps: ingestApps(apps),
    state,
    onFault: (fault) => faults.push(fault),
    limits: { ...INGEST_LIMITS, discardMs: 20, ...limits },
  });
  const url = await listen(ingest.server, anywhere);
  onTestFinished(() => stopListening(ingest.server, 0));
  const refusals = (code: RefusalCode): number =>
    state.refusals.records.reduce((sum, record) => sum + (record.code === code ? record.count : 0), 0);
  return { url, state, ingest, faults, told, refusals };
}
