import { COLLECTOR_REFUSALS } from "@sockscope/catalog";
import type { RefusalCode } from "@sockscope/catalog/protocol";
import { onTestFinished } from "vitest";
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
  readonly refusals: (code: RefusalCode) => number;
}

/** Starts an ingest listener that stops when the test has finished. */
export async function startTestIngest(limits: Partial<IngestLimits> = {}): Promise<TestIngest> {
  const anywhere = { host: "127.0.0.1", port: 0 };
  const state = createCollectorState({ listen: anywhere, admin: anywhere, apps: [CHAT] });
  const faults: unknown[] = [];
  const ingest = new IngestListener({
    apps: ingestApps([CHAT]),
    state,
    onFault: (fault) => faults.push(fault),
    limits: { ...INGEST_LIMITS, discardMs: 20, ...limits },
  });
  const url = await listen(ingest.server, anywhere);
  onTestFinished(() => stopListening(ingest.server, 0));
  const refusals = (code: RefusalCode): number =>
    state.registry.values[state.registry.slotOf(COLLECTOR_REFUSALS, { code })] ?? Number.NaN;
  return { url, state, ingest, faults, refusals };
}
