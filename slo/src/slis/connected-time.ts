import { CONNECTED_TIME_TARGET, TIME } from "@sockscope/catalog";
import { divide, increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";
import { WANTED_TIME } from "../what-counts.ts";

const { per } = CONNECTED_TIME_TARGET;

/** The share of the time in which a page wanted a connection and had one. */
export const CONNECTED_TIME_SLI: Sli<"app"> = sli(
  CONNECTED_TIME_TARGET,
  divide(
    sumBy(["app"], increase(TIME, { state: "connected" }, per)),
    sumBy(["app"], increase(TIME, WANTED_TIME, per)),
  ),
);
