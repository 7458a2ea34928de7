import { MANUAL_REFRESHES_TARGET, PAGE_RELOADS } from "@sockscope/catalog";
import { increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";
import { UNHEALTHY_RELOADS } from "../what-counts.ts";

/** How often a user pressed reload because the socket gave reason to. */
export const MANUAL_REFRESHES_SLI: Sli<"app"> = sli(
  MANUAL_REFRESHES_TARGET,
  sumBy(["app"], increase(PAGE_RELOADS, UNHEALTHY_RELOADS, MANUAL_REFRESHES_TARGET.per)),
);
