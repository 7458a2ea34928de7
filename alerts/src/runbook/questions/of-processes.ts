import { type Catalog, type CloseReason, type Period, SERVER_CLOSES } from "@sockscope/catalog";
import {
  add,
  andOn,
  compare,
  countBy,
  divide,
  type Expression,
  gauge,
  increase,
  lastOverTime,
  multiply,
  or,
  rangeInWords,
  rangeSeconds,
  rate,
  secondsSince,
  subtract,
  sumBy,
  unlessOn,
} from "@sockscope/promql";
import { PROCESS_CPU, PROCESS_START_TIME } from "../metrics/foreign-metrics.ts";
import type { Question } from "../question.ts";
import type { Told } from "./of-servers.ts";

/* Questions about the processes of the chat server: whether they have what they need, and whether they are still the same. */

/** As long as cuts are looked back for, so that a deploy that is over explains none of those that came after it. */
const KILLED: Period = "10m";

/** As long as the closes of a rollout are looked back for, for the same reason. */
const GONE: Period = "15m";

/** In which a process was seen before that. */
const SEEN: Period = "10m";

/** Of one core, which is all that a process with one event loop can use. */
const BUSY = 0.8;

/** Where a process began a second later than before, another has its place. */
const LATER_SECONDS = 1;

function started({ jobs }: Catalog) {
  return gauge(PROCESS_START_TIME, { job: jobs.servers });
}

function startedBefore(catalog: Catalog, ago: Period): Expression<"job" | "instance"> {
  return lastOverTime(started(catalog), SEEN, { offset: ago });
}

/** Reasons of a process that ends in order: it tells its connections, which one that is killed or crashes cannot. */
export const ENDS_IN_ORDER: readonly CloseReason[] = ["restart", "going_away"];

/** Of some processes, those that told their connections that they end. */
function inOrder(processes: Expression<"job" | "instance">): Expression<"job" | "instance"> {
  const told = sumBy(["job", "instance"], increase(SERVER_CLOSES, { reason: ENDS_IN_ORDER }, GONE));
  return andOn(["job", "instance"], processes, compare(told, ">", 0));
}

/** A number of processes, also where it is none. */
function count(catalog: Catalog, processes: Expression<"job" | "instance">): Expression<"job"> {
  return or(countBy(["job"], processes), multiply(0, countBy(["job"], started(catalog))));
}

/**
 * How many processes have too little of something: they use all that a core gives, or were killed and began again where they were.
 * A deploy in place begins them again as well, and is none of it: some of those processes said that they end.
 */
export function starvedServers(catalog: Catalog, told: Told): Question {
  const busy = compare(rate(PROCESS_CPU, { job: catalog.jobs.servers }, "5m"), ">", BUSY);
  const again = compare(subtract(started(catalog), startedBefore(catalog, KILLED)), ">", LATER_SECONDS);
  // Whose last scrape was before its last words has the others of its deploy to speak for it.
  const killed = unlessOn(["job"], again, inOrder(again));
  return {
    id: "starved-servers",
    asks: `How many processes of the chat server use more than ${BUSY * 100} % of a core, or began again in their place within the last ${rangeInWords(KILLED)} without a restart's closes, as after a kill for memory?`,
    unit: "count",
    healthy: { most: 0 },
    query: add(count(catalog, busy), count(catalog, killed)),
    withoutSeries: {
      verdict: "unknown",
      means:
        "The chat server does not expose its process' metrics (prom-client's collectDefaultMetrics): look at its pods or hosts.",
    },
    ...told,
  };
}

/** Which share of the processes still runs, or said that it ends. */
export function survivingServers(catalog: Catalog, told: Told): Question {
  const before = startedBefore(catalog, GONE);
  const all = countBy(["job"], before);
  const old = compare(secondsSince(started(catalog)), ">=", rangeSeconds(GONE));
  return {
    id: "surviving-servers",
    asks: `Which share of the chat server's processes of ${rangeInWords(GONE)} ago still runs, or ended with a restart's closes?`,
    unit: "share",
    healthy: { least: 0.9 },
    query: divide(or(countBy(["job"], or(old, inOrder(before))), multiply(0, all)), all),
    withoutSeries: {
      verdict: "unknown",
      means: `The chat server is younger than ${rangeInWords(GONE)}, or does not expose its process' metrics (prom-client's collectDefaultMetrics): ask whoever deploys.`,
    },
    ...told,
  };
}
