import { type Catalog, TIME } from "@sockscope/catalog";
import { divide, increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";
import { WANTED_TIME } from "../what-counts.ts";

/** The share of the time in which a page wanted a connection and had one. */
export function connectedTimeSli({ targets }: Catalog): Sli<"app"> {
  const { per } = targets.connected_time;
  return sli(
    targets.connected_time,
    divide(
      sumBy(["app"], increase(TIME, { state: "connected" }, per)),
      sumBy(["app"], increase(TIME, WANTED_TIME, per)),
    ),
  );
}
