import { CLIENT_MEMORY_TARGET, HEAP_GROWTH, type Period, type SessionAge } from "@sockscope/catalog";
import { countOf, type Expression, increase, sumBy } from "@sockscope/promql";
import { shareAtBound } from "../share-at-bound.ts";
import { type Sli, sli } from "../sli.ts";

/** A working day. */
const OF_AGE: { readonly session_age: SessionAge } = { session_age: "8h" };

/** The share of sessions of a working day whose heap grew so little that nobody notices. */
export function heapsInBounds(range: Period): Expression<"app"> {
  return shareAtBound(["app"], HEAP_GROWTH, CLIENT_MEMORY_TARGET.objective.bound, OF_AGE, range);
}

/** Sessions of a working day whose heap was measured. */
export function heapsMeasured(range: Period): Expression<"app"> {
  return sumBy(["app"], increase(countOf(HEAP_GROWTH), OF_AGE, range));
}

/** The same over the target's period. */
export const CLIENT_MEMORY_SLI: Sli<"app"> = sli(
  CLIENT_MEMORY_TARGET,
  heapsInBounds(CLIENT_MEMORY_TARGET.per),
);
