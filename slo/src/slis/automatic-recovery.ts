import { type Catalog, DOWNTIME, type EpisodeAfter, RECONNECT_EPISODES } from "@sockscope/catalog";
import { atBound, divide, increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";

/** The promise counts from the network's return; how long a server is down is not the client's doing. */
const AFTER: EpisodeAfter = "offline";

/** The share of decided episodes that recovered in time. Downtime knows only those who came back, so it is no denominator. */
export function automaticRecoverySli({ targets }: Catalog): Sli<"app"> {
  const { objective, per } = targets.automatic_recovery;
  return sli(
    targets.automatic_recovery,
    divide(
      sumBy(["app"], increase(atBound(DOWNTIME, objective.bound), { after: AFTER }, per)),
      sumBy(["app"], increase(RECONNECT_EPISODES, { after: AFTER, outcome: ["recovered", "gave_up"] }, per)),
    ),
    {
      record: "app:ws_client_recoveries_in_time:ratio_increase1d",
      meaning:
        "The share of the day's decided losses of the network after which users were back in time. Who left first is on neither side.",
    },
  );
}
