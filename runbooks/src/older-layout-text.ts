import type { OlderLayout } from "@sockscope/catalog";

/** What becomes of what older bundles send, in words that finish a list. */
export function olderLayoutText({ layout, keptAs }: OlderLayout): string {
  const fate = keptAs === undefined ? "is counted in these buckets, exactly" : `stays \`${keptAs}\``;
  return `what older bundles send in the layout \`${layout.id}\` (${layout.bounds.join(", ")}) ${fate}`;
}
