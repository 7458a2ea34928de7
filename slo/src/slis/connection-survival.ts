import { type Catalog, type Period, SERVER_CLOSES } from "@sockscope/catalog";
import {
  avgOverTime,
  divide,
  type Expression,
  exp,
  increase,
  multiply,
  rate,
  sumBy,
} from "@sockscope/promql";
import { recorded } from "../recording-rule.ts";
import { CONNECTIONS_ACTIVE_SUM } from "../recording-rules.ts";
import { type Sli, sli } from "../sli.ts";
import { serverCutsIn } from "../what-counts.ts";

/** Connections that something cut. */
export function serverCuts(catalog: Catalog, range: Period): Expression<"job"> {
  return sumBy(["job"], increase(SERVER_CLOSES, serverCutsIn(catalog), range));
}

/** The probability that nothing cuts a connection within the horizon, if cuts go on at the rate that they have. */
export function connectionSurvivalSli(catalog: Catalog): Sli<"job"> {
  const { connection_survival: target, connection_uptime_p95 } = catalog.targets;
  // How long a connection is to survive: what the literal p95 of its uptime promises.
  const horizonSeconds = connection_uptime_p95.objective.bound;
  const { per } = target;
  const cuts = sumBy(["job"], rate(SERVER_CLOSES, serverCutsIn(catalog), per));
  const open = avgOverTime(recorded(CONNECTIONS_ACTIVE_SUM), per);
  return sli(target, exp(divide(multiply(-horizonSeconds, cuts), open)));
}
