import { type Catalog, PAGE_RELOADS } from "@sockscope/catalog";
import { increase, sumBy } from "@sockscope/promql";
import { type Sli, sli } from "../sli.ts";
import { UNHEALTHY_RELOADS } from "../what-counts.ts";

/** How often a user pressed reload because the socket gave reason to. */
export function manualRefreshesSli({ targets: { manual_refreshes } }: Catalog): Sli<"app"> {
  const reloads = sumBy(["app"], increase(PAGE_RELOADS, UNHEALTHY_RELOADS, manual_refreshes.per));
  return sli(manual_refreshes, reloads, {
    record: "app:ws_client_unhealthy_reloads:increase1d",
    meaning: "How often within the day a user pressed reload because the socket gave reason to.",
  });
}
