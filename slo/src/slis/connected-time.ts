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
    {
      record: "app:ws_client_connected_time:ratio_increase1d",
      meaning:
        "The share of the day's time in which pages wanted a connection and had one. Time without a network is on neither side.",
    },
  );
}
