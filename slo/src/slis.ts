import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import { keepApart } from "@sockscope/promql";
import { ruleKeptApart } from "./recording-rule.ts";
import type { Sli } from "./sli.ts";
import { automaticRecoverySli } from "./slis/automatic-recovery.ts";
import { clientMemorySli } from "./slis/client-memory.ts";
import { connectSuccessSli } from "./slis/connect-success.ts";
import { connectedTimeSli } from "./slis/connected-time.ts";
import { connectionSurvivalSli } from "./slis/connection-survival.ts";
import { connectionUptimeP50Sli, connectionUptimeP95Sli } from "./slis/connection-uptime.ts";
import { duplicatesShownSli } from "./slis/duplicates-shown.ts";
import { forbiddenSli } from "./slis/forbidden.ts";
import { manualRefreshesSli } from "./slis/manual-refreshes.ts";
import { messageDeliverySli } from "./slis/message-delivery.ts";
import { messageLatencySli } from "./slis/message-latency.ts";
import { reconnectionStormsSli } from "./slis/reconnection-storms.ts";

/** How each target of the catalog is measured, in the catalog's order. */
export function slis(catalog: Catalog): readonly Sli[] {
  const { environmentLabels: labels } = catalog;
  return slisOfOneEnvironment(catalog).map(({ target, value, met, rule }) => ({
    target,
    value: keepApart(value, labels),
    met: keepApart(met, labels),
    ...(rule === undefined ? {} : { rule: ruleKeptApart(rule, labels) }),
  }));
}

function slisOfOneEnvironment(catalog: Catalog): readonly Sli[] {
  return [
    connectedTimeSli(catalog),
    connectionUptimeP50Sli(catalog),
    connectionUptimeP95Sli(catalog),
    connectionSurvivalSli(catalog),
    reconnectionStormsSli(catalog),
    forbiddenSli(catalog),
    duplicatesShownSli(catalog),
    manualRefreshesSli(catalog),
    messageLatencySli(catalog),
    automaticRecoverySli(catalog),
    clientMemorySli(catalog),
    connectSuccessSli(catalog),
    messageDeliverySli(catalog),
  ];
}

/** Those of the product's own catalog. */
export const SLIS: readonly Sli[] = slis(DEFAULT_CATALOG);
