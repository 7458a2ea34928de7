import {
  AUTOMATIC_RECOVERY_TARGET,
  DOWNTIME,
  type EpisodeAfter,
  RECONNECT_EPISODES,
} from "@sockscope/catalog";
import { atBound, divide, increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";

const { objective, per } = AUTOMATIC_RECOVERY_TARGET;

/** The promise counts from the network's return; how long a server is down is not the client's doing. */
const AFTER: EpisodeAfter = "offline";

/** The share of decided episodes that recovered in time. Downtime knows only those who came back, so it is no denominator. */
export const AUTOMATIC_RECOVERY_SLI: Sli<"app"> = sli(
  AUTOMATIC_RECOVERY_TARGET,
  divide(
    sumBy(["app"], increase(atBound(DOWNTIME, objective.bound), { after: AFTER }, per)),
    sumBy(["app"], increase(RECONNECT_EPISODES, { after: AFTER, outcome: ["recovered", "gave_up"] }, per)),
  ),
);
