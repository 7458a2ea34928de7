import { type Catalog, type Period, TIME } from "@sockscope/catalog";
import { divide, type Expression, increase, rangeSeconds, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";
import { TIME_WITHOUT, WANTED_TIME } from "../what-counts.ts";

/** The share of the time in which a page wanted a connection and had one. */
export function connectedTime(range: Period): Expression<"app"> {
  return divide(
    sumBy(["app"], increase(TIME, { state: "connected" }, range)),
    sumBy(["app"], increase(TIME, WANTED_TIME, range)),
  );
}

/** The hours in which pages wanted a connection and had none, of all pages together. */
export function hoursWithout(range: Period): Expression<"app"> {
  return divide(sumBy(["app"], increase(TIME, TIME_WITHOUT, range)), rangeSeconds("1h"));
}

/** {@link connectedTime} over the target's period. */
export function connectedTimeSli({ targets: { connected_time } }: Catalog): Sli<"app"> {
  return sli(connected_time, connectedTime(connected_time.per), {
    record: "app:ws_client_connected_time:ratio_increase1d",
    meaning:
      "The share of the day's time in which pages wanted a connection and had one. Time without a network is on neither side.",
  });
}
