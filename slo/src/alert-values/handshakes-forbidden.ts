import { SERVER_CONNECTIONS_OPENED, SERVER_HANDSHAKES_REJECTED } from "@sockscope/catalog";
import { add, type Expression, increase, ratio, sumBy } from "@sockscope/promql";
import { ALERT_WINDOWS } from "../alert-windows.ts";
import { FORBIDDEN_HANDSHAKES } from "../what-counts.ts";

const { handshakes: RANGE } = ALERT_WINDOWS.WsHandshakeForbidden;

/** Handshakes of users that got 403. */
export const HANDSHAKES_FORBIDDEN: Expression<"job"> = sumBy(
  ["job"],
  increase(SERVER_HANDSHAKES_REJECTED, FORBIDDEN_HANDSHAKES, RANGE),
);

// Scanners, who carry no credentials, are on neither side: a busy night of theirs would hide the users.
const handshakes = add(
  sumBy(["job"], increase(SERVER_HANDSHAKES_REJECTED, { credentials: "present" }, RANGE)),
  sumBy(["job"], increase(SERVER_CONNECTIONS_OPENED, {}, RANGE)),
);

/** The same, of all handshakes of users. */
export const FORBIDDEN_SHARE: Expression<"job"> = ratio(HANDSHAKES_FORBIDDEN, handshakes);
