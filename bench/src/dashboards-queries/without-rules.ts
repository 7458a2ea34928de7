import type { RecordingGroup } from "@sockscope/slo";

/** As often as what is recorded is evaluated, where something looks back on it. */
const RESOLUTION = "15s";

/**
 * The same query without recording rules: each recorded name is what its rule evaluates. Which of it the reader chose is left
 * out, so it holds only where that is all of it.
 */
export function withoutRules(query: string, groups: readonly RecordingGroup[]): string {
  return groups
    .flatMap(({ rules }) => rules)
    .reduce((text, { record, expression }) => {
      const read = new RegExp(`(?<![\\w:])${record}(?![\\w:])(?:\\{[^}]*\\})?(?:\\[([$\\w]+)\\])?`, "g");
      return text.replaceAll(read, (_, range?: string) =>
        range === undefined ? `(${expression.promql})` : `(${expression.promql})[${range}:${RESOLUTION}]`,
      );
    }, query);
}
