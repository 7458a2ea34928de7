import { COLLECTOR_BATCHES, COLLECTOR_REFUSALS } from "@sockscope/catalog";
import { type Expression, increase, rate, ratio, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS } from "../alert-windows.ts";

const { batches: RANGE, turnedAway: TURNED_AWAY_RANGE } = ALERT_WINDOWS.WsCollectorRejecting;

const REFUSED = { result: "refused" } as const;

/** Batches that collectors refused. Not refusals: wrong paths and methods are scanners. */
export const BATCHES_REFUSED: Expression<"job"> = sumBy(["job"], increase(COLLECTOR_BATCHES, REFUSED, RANGE));

/** The share that they are of all batches. */
export const REFUSED_SHARE: Expression<"job"> = ratio(
  sumBy(["job"], rate(COLLECTOR_BATCHES, REFUSED, RANGE)),
  sumBy(["job"], rate(COLLECTOR_BATCHES, {}, RANGE)),
);

// Refusals that no page can help.
const TURNED_AWAY_CODES = { code: ["SOCKSCOPE_ERR_SESSIONS_FULL", "SOCKSCOPE_ERR_INTERNAL"] } as const;

/** Requests of honest pages that collectors turned away. */
export const TURNED_AWAY: Expression<"job" | "code"> = sumBy(
  ["job", "code"],
  increase(COLLECTOR_REFUSALS, TURNED_AWAY_CODES, TURNED_AWAY_RANGE),
);
