import { CONNECTION_DURATION, CONNECTION_LAYOUT_1, DEFAULT_CATALOG, documentedIn } from "@sockscope/catalog";

/** The name of the histogram that connection durations in the layout connection-1 stay. */
export function keptConnectionDuration(): string {
  const { olderLayouts = [] } = documentedIn(DEFAULT_CATALOG.clientMetrics, CONNECTION_DURATION);
  const name = olderLayouts.find(({ layout }) => layout === CONNECTION_LAYOUT_1)?.keptAs;
  if (name === undefined) throw new Error(`${CONNECTION_LAYOUT_1.id} is not kept`);
  return name;
}
