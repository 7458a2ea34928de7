import { CLOSES, type Period, RECONNECTION_STORMS_TARGET } from "@sockscope/catalog";
import { avgOverTime, divide, type Expression, increase, sumBy } from "@sockscope/promql";
import { recorded } from "../recording-rule.ts";
import { SESSIONS_ACTIVE_SUM } from "../recording-rules.ts";
import { type Sli, sli } from "../sli.ts";
import { RETRYABLE_CLOSES } from "../what-counts.ts";

const { per } = RECONNECTION_STORMS_TARGET;

/** Unplanned cuts after which browsers reconnect. */
export function retryableCloses(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(CLOSES, RETRYABLE_CLOSES, range));
}

/** Unplanned cuts for each page that was there. */
export const RECONNECTION_STORMS_SLI: Sli<"app"> = sli(
  RECONNECTION_STORMS_TARGET,
  divide(retryableCloses(per), avgOverTime(recorded(SESSIONS_ACTIVE_SUM), per)),
);
