import {
  type Catalog,
  type Period,
  SERVER_CONNECTIONS_OPENED,
  SERVER_HANDSHAKES_REJECTED,
} from "@sockscope/catalog";
import { add, and, compare, divide, type Expression, increase, rangeInWords, sumBy } from "@sockscope/promql";
import { FORBIDDEN_HANDSHAKES, forbiddenSli, missed } from "@sockscope/slo";
import { type AlertRule, AMOUNT, JOB, SHARE } from "../alert.ts";
import { panelOf } from "../panel-of.ts";

/** In which handshakes are counted. */
const RANGE: Period = "5m";

/** Users who got 403. */
const forbidden = sumBy(["job"], increase(SERVER_HANDSHAKES_REJECTED, FORBIDDEN_HANDSHAKES, RANGE));

// Scanners, who carry no credentials, are on neither side: a busy night of theirs would hide the users.
const handshakes = add(
  sumBy(["job"], increase(SERVER_HANDSHAKES_REJECTED, { credentials: "present" }, RANGE)),
  sumBy(["job"], increase(SERVER_CONNECTIONS_OPENED, {}, RANGE)),
);

/** Which share of the handshakes of users got 403. */
export const FORBIDDEN_SHARE: Expression<"job"> = divide(forbidden, handshakes);

/** When WsHandshakeForbidden fires, and what it says. */
export function wsHandshakeForbiddenRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestForbidden } = catalog.thresholds.WsHandshakeForbidden;
  const forbiddenTarget = catalog.targets.forbidden;
  return [
    {
      severity: "page",
      expression: and(compare(FORBIDDEN_SHARE, ">", share), compare(forbidden, ">=", fewestForbidden)),
      holds: "2m",
      keepFiringFor: "10m",
      description: `Within the last ${rangeInWords(RANGE)}, ${SHARE} of the handshakes of users with ${JOB} got 403.`,
      panel: panelOf(catalog, "Handshakes refused by the servers"),
    },
    {
      severity: "ticket",
      expression: missed(forbiddenTarget, forbiddenSli(catalog).value),
      description: `Within the last ${rangeInWords(forbiddenTarget.per)}, users with a session got 403 from ${JOB}: ${AMOUNT} times; ${forbiddenTarget.objective.count} may be.`,
      panel: panelOf(catalog, "Handshakes refused by the servers"),
    },
  ];
}
