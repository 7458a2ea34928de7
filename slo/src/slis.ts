import { type Catalog, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { Sli } from "./sli.ts";
import { AUTOMATIC_RECOVERY_SLI } from "./slis/automatic-recovery.ts";
import { CLIENT_MEMORY_SLI } from "./slis/client-memory.ts";
import { CONNECT_SUCCESS_SLI } from "./slis/connect-success.ts";
import { CONNECTED_TIME_SLI } from "./slis/connected-time.ts";
import { connectionSurvivalSli } from "./slis/connection-survival.ts";
import { CONNECTION_UPTIME_P50_SLI, CONNECTION_UPTIME_P95_SLI } from "./slis/connection-uptime.ts";
import { DUPLICATES_SHOWN_SLI } from "./slis/duplicates-shown.ts";
import { FORBIDDEN_SLI } from "./slis/forbidden.ts";
import { MANUAL_REFRESHES_SLI } from "./slis/manual-refreshes.ts";
import { MESSAGE_DELIVERY_SLI } from "./slis/message-delivery.ts";
import { MESSAGE_LATENCY_SLI } from "./slis/message-latency.ts";
import { reconnectionStormsSli } from "./slis/reconnection-storms.ts";

/** How each target of the catalog is measured, in the catalog's order. */
export function slis(catalog: Catalog): readonly Sli[] {
  return [
    CONNECTED_TIME_SLI,
    CONNECTION_UPTIME_P50_SLI,
    CONNECTION_UPTIME_P95_SLI,
    connectionSurvivalSli(catalog),
    reconnectionStormsSli(catalog),
    FORBIDDEN_SLI,
    DUPLICATES_SHOWN_SLI,
    MANUAL_REFRESHES_SLI,
    MESSAGE_LATENCY_SLI,
    AUTOMATIC_RECOVERY_SLI,
    CLIENT_MEMORY_SLI,
    CONNECT_SUCCESS_SLI,
    MESSAGE_DELIVERY_SLI,
  ];
}

/** Those of the product's own catalog. */
export const SLIS: readonly Sli[] = slis(DEFAULT_CATALOG);
