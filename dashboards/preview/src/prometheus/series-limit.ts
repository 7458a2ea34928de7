/** More lines than anybody tells apart, and as many as a browser still prepares and draws at once. */
export const MOST_SERIES = 300;

/** What is drawn of an answer. */
export interface LimitedSeries<S> {
  readonly drawn: readonly S[];
  /** What a panel says about it; undefined when it is all of the answer. */
  readonly notice?: string;
}

/** Keeps as many of an answer's first series as are drawn. */
export function limitSeries<S>(found: readonly S[]): LimitedSeries<S> {
  if (found.length <= MOST_SERIES) return { drawn: found };
  return {
    drawn: found.slice(0, MOST_SERIES),
    notice: `The first ${MOST_SERIES} of ${found.length.toLocaleString("en")} series`,
  };
}
