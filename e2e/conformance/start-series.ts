import {
  DEFAULT_CATALOG,
  type LabelSet,
  labelCombinations,
  type Metric,
  SERVER_CLOSES,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_SEND_BUFFER,
} from "@sockscope/catalog";
import { expectedMoves } from "./moves.ts";
import { CONFORMANCE } from "./server-under-test.ts";

const BY_ROUTE: readonly Metric[] = [
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_SEND_BUFFER,
];

/** Closes that every server with users will have: its own reasons, and peers that stop, leave, say nothing or vanish. */
function usualCloses(): LabelSet[] {
  const chosen = Object.entries(DEFAULT_CATALOG.closeReasons).map(([reason, code]) => ({
    code: String(code),
    reason,
  }));
  const peers = ["1000", "1001", "1005"].map((code) => ({ code, reason: "peer" }));
  return [...chosen, ...peers, { code: "1006", reason: "lost" }];
}

function combinations(metric: Metric): readonly LabelSet[] {
  if (metric.name === SERVER_CLOSES.name) return usualCloses();
  const all = labelCombinations({ metric });
  if (!BY_ROUTE.includes(metric)) return all;
  return all
    .filter(({ route }) => route === "top 1")
    .map((labels) => ({ ...labels, route: CONFORMANCE.route }));
}

/** The series that a server exposes before anything happened, each at zero, so that `rate()` sees its first event. */
export function startSeries(exposesNot: readonly Metric[]): readonly string[] {
  const moves = DEFAULT_CATALOG.serverMetrics.flatMap(({ metric }) =>
    combinations(metric).map((labels) => [metric, labels, 0] as const),
  );
  return Object.keys(expectedMoves(moves, exposesNot));
}
