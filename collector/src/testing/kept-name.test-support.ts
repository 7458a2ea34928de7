import { CONNECTION_DURATION, CONNECTION_LAYOUT_1, METRICS_BY_NAME } from "@sockscope/catalog";

/** The name of the histogram that connection durations in the layout connection-1 stay. */
export function keptConnectionDuration(): string {
  const { olderLayouts = [] } = METRICS_BY_NAME.get(CONNECTION_DURATION.name) ?? {};
  const name = olderLayouts.find(({ layout }) => layout === CONNECTION_LAYOUT_1)?.keptAs;
  if (name === undefined) throw new Error(`${CONNECTION_LAYOUT_1.id} is not kept`);
  return name;
}
