import type { Catalog, LabelSet, Metric } from "@sockscope/catalog";
import { instrumentServer, type ServerInstrumentation } from "@sockscope/server";

/** What a capped label's first value is called where combinations are made up. */
const FIRST_ROUTE = "top 1";

function seriesKey({ name }: Metric, labels: LabelSet): string {
  const pairs = Object.entries(labels)
    .filter(([label]) => label !== "app" && label !== "le")
    .map(([label, value]) => `${label}=${value}`);
  return [name, ...pairs.sort()].join();
}

/** Makes a peer of each close code go: what a peer may say is no choice of the server's, and once said, it stays in a scrape. */
function closeByEveryCode({ accept, catalog }: ServerInstrumentation): void {
  for (const { label, travels } of catalog.closeCodes) {
    // One of a range stands for all of them, which count as the range.
    const code = Number(label.replaceAll("x", "9"));
    if (!travels || Number.isNaN(code)) continue;
    accept({ send: () => {}, close: () => {} }, { route: FIRST_ROUTE, authMethod: "cookie" }).closed(code);
  }
}

/**
 * Which label combinations a day leaves in what is scraped. A collector has all from its start. A server has those that the
 * real instrumentation begins with, of one route and of upgrades to no route, and what peers close with: each code that there
 * is, which is more than browsers say.
 */
export function occurringIn(catalog: Catalog): (metric: Metric, labels: LabelSet) => boolean {
  const registry = { contentType: "", registerMetric: () => {} };
  const server = instrumentServer({ app: "chat", registry, routes: [FIRST_ROUTE], catalog });
  closeByEveryCode(server);
  const exposed = new Set(
    catalog.serverMetrics.flatMap(({ metric }) =>
      (server.samples()[metric.name] ?? []).map(({ labels }) => seriesKey(metric, labels)),
    ),
  );
  const ofServers = new Set(catalog.serverMetrics.map(({ metric }) => metric.name));
  return (metric, labels) => !ofServers.has(metric.name) || exposed.has(seriesKey(metric, labels));
}
