import {
  type Catalog,
  type Period,
  SERVER_CONNECTIONS_OPENED,
  SERVER_HANDSHAKES_REJECTED,
} from "@sockscope/catalog";
import { add, and, compare, divide, increase, sumBy } from "@sockscope/promql";
import { FORBIDDEN_HANDSHAKES, forbiddenSli, missed } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** In which handshakes are counted. */
const RANGE: Period = "5m";

const forbidden = sumBy(["job"], increase(SERVER_HANDSHAKES_REJECTED, FORBIDDEN_HANDSHAKES, RANGE));

// Scanners, who carry no credentials, are on neither side: a busy night of theirs would hide the users.
const handshakes = add(
  sumBy(["job"], increase(SERVER_HANDSHAKES_REJECTED, { credentials: "present" }, RANGE)),
  sumBy(["job"], increase(SERVER_CONNECTIONS_OPENED, {}, RANGE)),
);

const SUMMARY = "Users who are logged in are turned away.";

/** When WsHandshakeForbidden fires. */
export function wsHandshakeForbiddenRules(catalog: Catalog): readonly AlertRule[] {
  const { share, fewestForbidden } = catalog.thresholds.WsHandshakeForbidden;
  return [
    {
      name: "WsHandshakeForbidden",
      summary: SUMMARY,
      severity: "page",
      expression: and(
        compare(divide(forbidden, handshakes), ">", share),
        compare(forbidden, ">=", fewestForbidden),
      ),
      holds: "2m",
      keepFiringFor: "10m",
    },
    {
      name: "WsHandshakeForbidden",
      summary: SUMMARY,
      severity: "ticket",
      expression: missed(catalog.targets.forbidden, forbiddenSli(catalog).value),
    },
  ];
}
