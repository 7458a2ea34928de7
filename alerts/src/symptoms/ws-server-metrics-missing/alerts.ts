import { type Catalog, CONNECT_ATTEMPTS, type Period, SERVER_CONNECTIONS_ACTIVE } from "@sockscope/catalog";
import { compare, gauge, groupBy, increase, rangeInWords, sumBy, unlessOn } from "@sockscope/promql";
import { serversDownShare } from "@sockscope/slo";
import { type AlertRule, AMOUNT, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which browsers prove that a server is there. */
const RANGE: Period = "10m";

/** For longer than a rollout takes. */
const HOLDS: Period = "10m";

const opened = sumBy([], increase(CONNECT_ATTEMPTS, { outcome: "opened" }, RANGE));

/** When WsServerMetricsMissing fires, and what it says. */
export function wsServerMetricsMissingRules(catalog: Catalog): readonly AlertRule[] {
  const { blindShare } = catalog.thresholds.WsServerMetricsMissing;
  return [
    {
      severity: "ticket",
      labels: { evidence: "absent" },
      // Only where browsers prove that a server is there, in an environment as anywhere; `absent()` knows of no environments.
      expression: unlessOn([], compare(opened, ">", 0), groupBy([], gauge(SERVER_CONNECTIONS_ACTIVE, {}))),
      holds: HOLDS,
      inhibits: { countedBy: "server" },
      description: `Within the last ${rangeInWords(RANGE)}, browsers opened connections, ${AMOUNT} of them, and no chat server is in Prometheus.`,
      panel: panelOf(catalog, "Targets that are scraped, by job"),
    },
    {
      severity: "ticket",
      labels: { evidence: "targets" },
      expression: compare(serversDownShare(catalog), ">", blindShare),
      holds: HOLDS,
      // A share of the servers is not seen; what the others count that wakes somebody up is true.
      inhibits: { countedBy: "server", severity: "ticket" },
      description: `${SHARE} of the chat servers of ${JOB} have not been scraped for ${rangeInWords(HOLDS)}.`,
      panel: panelOf(catalog, "Chat servers that are down, of their job"),
    },
  ];
}
