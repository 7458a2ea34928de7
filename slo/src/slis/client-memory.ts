import { type Catalog, HEAP_GROWTH, type Period, type SessionAge } from "@sockscope/catalog";
import { countOf, type Expression, increase, sumBy } from "@sockscope/promql";
import { shareAtBound } from "../share-at-bound.ts";
import { type Sli, sli } from "../sli.ts";

/** A working day. */
const OF_AGE: { readonly session_age: SessionAge } = { session_age: "8h" };

/** The share of sessions of a working day whose heap grew so little that nobody notices. */
export function heapsInBounds({ targets }: Catalog, range: Period): Expression<"app"> {
  return shareAtBound(["app"], HEAP_GROWTH, targets.client_memory.objective.bound, OF_AGE, range);
}

/** Sessions of a working day whose heap was measured. */
export function heapsMeasured(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(countOf(HEAP_GROWTH), OF_AGE, range));
}

/** The same over the target's period. */
export function clientMemorySli(catalog: Catalog): Sli<"app"> {
  const target = catalog.targets.client_memory;
  return sli(target, heapsInBounds(catalog, target.per), {
    record: "app:ws_client_heaps_in_bounds:ratio_increase7d",
    meaning:
      "The share of the week's sessions of a working day whose heap grew so little that nobody notices. Only browsers that measure their heap have one.",
  });
}
