import type { Catalog } from "@sockscope/catalog";
import { countBy, divide, type Expression, subtract, sumBy, up } from "@sockscope/promql";

/** The share of the chat servers that Prometheus knows and cannot scrape. */
export function serversDownShare({ jobs }: Catalog): Expression<"job"> {
  const servers = up({ job: jobs.servers });
  return divide(sumBy(["job"], subtract(1, servers)), countBy(["job"], servers));
}
