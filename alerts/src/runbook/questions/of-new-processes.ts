import type { Catalog, Period } from "@sockscope/catalog";
import {
  andOn,
  compare,
  countBy,
  type Expression,
  gauge,
  lastOverTime,
  multiply,
  or,
  rangeSeconds,
  secondsSince,
  sumBy,
} from "@sockscope/promql";
import { PROCESS_START_TIME } from "../metrics/foreign-metrics.ts";
import type { Question } from "../question.ts";

/** A rollout takes as long at the most, from its first process to somebody who looks. */
const NEW_FOR: Period = "30m";

/** What processes that began lately have of some events: without the new ones, a deploy is not to blame. */
export function ofNewProcesses(
  catalog: Catalog,
  events: Expression<"job" | "instance">,
  told: Pick<Question, "id" | "asks" | "healthy" | "ifHealthy" | "ifUnhealthy">,
): Question {
  const started = gauge(PROCESS_START_TIME, { job: catalog.jobs.servers });
  const isNew = compare(secondsSince(started), "<", rangeSeconds(NEW_FOR));
  // A chat that is new itself has no rollout.
  const before = lastOverTime(started, "10m", { offset: NEW_FOR });
  const ofNew = sumBy(["job"], andOn(["job", "instance"], events, isNew));
  return {
    unit: "count",
    query: or(andOn(["job"], ofNew, countBy(["job"], before)), multiply(0, countBy(["job"], started))),
    withoutSeries: {
      verdict: "unknown",
      means:
        "The chat server does not expose its process' metrics (prom-client's collectDefaultMetrics): ask whoever deploys.",
    },
    ...told,
  };
}
