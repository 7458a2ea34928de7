import { type ReactElement, useSyncExternalStore } from "react";
import { Tile } from "../parts/tile.tsx";
import { MeasurementList } from "./measurement-list.tsx";
import type { Measurements } from "./measurements.ts";

/** What the SDK recorded and sent, as it happens. */
export function MeasuredPanel({ measurements }: { readonly measurements: Measurements }): ReactElement {
  const state = useSyncExternalStore(measurements.subscribe, measurements.snapshot);
  const { connectMs, framesReceived, framesSent, batchesCounted } = state;
  return (
    <aside className="card measured" aria-labelledby="measured-title">
      <header>
        <h2 id="measured-title">What this page just measured</h2>
        <p>Recorded in your browser, sent in batches.</p>
      </header>
      <dl className="tiles">
        <Tile name="Connect" value={connectMs === undefined ? "–" : String(connectMs)} unit="ms" />
        <Tile name="Frames out" value={String(framesSent)} />
        <Tile name="Frames in" value={String(framesReceived)} />
        <Tile name="Batches" value={String(batchesCounted)} />
      </dl>
      <MeasurementList title="Events" testId="events" measurements={state.events} />
      <MeasurementList title="Batches" testId="batches" measurements={state.batches} />
    </aside>
  );
}
