// @ts-check
import { createCollectorState } from "../collector/dist/collector-state.js";
import { ingestApps } from "../collector/dist/ingest/ingest-app.js";
import { IngestListener } from "../collector/dist/ingest/ingest-listener.js";
import { listen, stopListening } from "../collector/dist/listener.js";

/**
 * The part of a collector that a release is kept for: what it accepts, and what it then exposes. The admin listener would
 * bring its web framework along.
 *
 * @param {readonly { name: string, origins: readonly string[] }[]} apps
 */
export async function startIngest(apps) {
  const anywhere = { host: "127.0.0.1", port: 0 };
  const state = createCollectorState({ apps, listen: anywhere, admin: anywhere });
  const { server } = new IngestListener({ apps: ingestApps(apps), state, onFault: console.error });
  return {
    url: await listen(server, anywhere),
    /** In Prometheus' text format. */
    exposition: () => state.scrape().toString(),
    stop: () => stopListening(server, 0),
  };
}
