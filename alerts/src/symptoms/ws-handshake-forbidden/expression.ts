import {
  FORBIDDEN_TARGET,
  type Period,
  SERVER_CONNECTIONS_OPENED,
  SERVER_HANDSHAKES_REJECTED,
} from "@sockscope/catalog";
import { add, and, compare, divide, increase, sumBy } from "@sockscope/promql";
import { FORBIDDEN_HANDSHAKES, FORBIDDEN_SLI, missed } from "@sockscope/slo";
import type { AlertRule } from "../alert-rule.ts";

/** In which handshakes are counted. */
const RANGE: Period = "5m";
/** Of the handshakes of users. */
export const FORBIDDEN_SHARE = 0.02;
/** Fewer than this are a few users. */
export const FEWEST_FORBIDDEN = 20;

const forbidden = sumBy(["job"], increase(SERVER_HANDSHAKES_REJECTED, FORBIDDEN_HANDSHAKES, RANGE));

// Scanners, who carry no credentials, are on neither side: a busy night of theirs would hide the users.
const handshakes = add(
  sumBy(["job"], increase(SERVER_HANDSHAKES_REJECTED, { credentials: "present" }, RANGE)),
  sumBy(["job"], increase(SERVER_CONNECTIONS_OPENED, {}, RANGE)),
);

const SUMMARY = "Users who are logged in are turned away.";

/** When WsHandshakeForbidden fires. */
export const WS_HANDSHAKE_FORBIDDEN_RULES: readonly AlertRule[] = [
  {
    name: "WsHandshakeForbidden",
    summary: SUMMARY,
    severity: "page",
    expression: and(
      compare(divide(forbidden, handshakes), ">", FORBIDDEN_SHARE),
      compare(forbidden, ">=", FEWEST_FORBIDDEN),
    ),
    holds: "2m",
    keepFiringFor: "10m",
  },
  {
    name: "WsHandshakeForbidden",
    summary: SUMMARY,
    severity: "ticket",
    expression: missed(FORBIDDEN_TARGET, FORBIDDEN_SLI.value),
  },
];
