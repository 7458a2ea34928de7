import type { Catalog, Period } from "@sockscope/catalog";
import {
  add,
  compare,
  countBy,
  divide,
  type Expression,
  gauge,
  lastOverTime,
  multiply,
  or,
  rangeInWords,
  rangeSeconds,
  rate,
  secondsSince,
  subtract,
} from "@sockscope/promql";
import { PROCESS_CPU, PROCESS_START_TIME } from "../metrics/foreign-metrics.ts";
import type { Question } from "../question.ts";
import type { Told } from "./of-servers.ts";

/* Questions about the processes of the chat server: whether they have what they need, and whether they are still the same. */

const HALF_AN_HOUR: Period = "30m";

/** In which a process was seen half an hour ago. */
const SEEN: Period = "10m";

/** Of one core, which is all that a process with one event loop can use. */
const BUSY = 0.8;

/** Where a process began a second later than before, another has its place. */
const LATER_SECONDS = 1;

function started({ jobs }: Catalog) {
  return gauge(PROCESS_START_TIME, { job: jobs.servers });
}

function startedBefore(catalog: Catalog): Expression<"job" | "instance"> {
  return lastOverTime(started(catalog), SEEN, { offset: HALF_AN_HOUR });
}

/** A number of processes, also where it is none. */
function count(catalog: Catalog, processes: Expression<"job" | "instance">): Expression<"job"> {
  return or(countBy(["job"], processes), multiply(0, countBy(["job"], started(catalog))));
}

/** How many processes have too little of something: they use all that a core gives, or were killed and began again where they were. */
export function starvedServers(catalog: Catalog, told: Told): Question {
  const busy = compare(rate(PROCESS_CPU, { job: catalog.jobs.servers }, "5m"), ">", BUSY);
  const again = compare(subtract(started(catalog), startedBefore(catalog)), ">", LATER_SECONDS);
  return {
    id: "starved-servers",
    asks: `How many processes of the chat server use more than ${BUSY * 100} % of a core, or began again in their place within the last ${rangeInWords(HALF_AN_HOUR)}, as after a kill for memory?`,
    unit: "count",
    healthy: { most: 0 },
    query: add(count(catalog, busy), count(catalog, again)),
    withoutSeries: {
      verdict: "unknown",
      means:
        "The chat server does not expose its process' metrics (prom-client's collectDefaultMetrics): look at its pods or hosts.",
    },
    ...told,
  };
}

/** Which share of the processes is still there. */
export function survivingServers(catalog: Catalog, told: Told): Question {
  const before = countBy(["job"], startedBefore(catalog));
  const old = compare(secondsSince(started(catalog)), ">=", rangeSeconds(HALF_AN_HOUR));
  return {
    id: "surviving-servers",
    asks: `Which share of the chat server's processes of ${rangeInWords(HALF_AN_HOUR)} ago still runs?`,
    unit: "share",
    healthy: { least: 0.9 },
    query: divide(or(countBy(["job"], old), multiply(0, before)), before),
    withoutSeries: {
      verdict: "unknown",
      means: `The chat server is younger than ${rangeInWords(HALF_AN_HOUR)}, or does not expose its process' metrics (prom-client's collectDefaultMetrics): ask whoever deploys.`,
    },
    ...told,
  };
}
