import type { Period } from "@sockscope/catalog";
import { chooseBy, compare, type Expression, type Range, rangeInWords, variable } from "@sockscope/promql";

/** Only the apps that the reader chose. */
export const APP: { readonly app: { readonly variable: string } } = { app: variable("app") };

/** The same of those apps alone, of what is written for all. Every series that it reads has to have the label. */
export function ofChosenApps<L extends string>(expression: Expression<L>): Expression<L> {
  return chooseBy(expression, ["app"]);
}

/** As fine as the panel shows. */
export const WINDOW: Range = "$__rate_interval";

/** Quantiles and shares of rare events need a window that holds some. */
export const WIDE_WINDOW: Period = "5m";

/** {@link WIDE_WINDOW} as a description says it. */
export const WIDE_WINDOW_IN_WORDS: string = rangeInWords(WIDE_WINDOW);

/** So far back the most connections and pages are looked for that a share is of: a fault empties what is there now. */
export const MOST_RANGE: Period = "10m";

/** {@link MOST_RANGE} as a description says it. */
export const MOST_RANGE_IN_WORDS: string = rangeInWords(MOST_RANGE);

/**
 * Only where something happens: in stacked bars, a legend of codes that nobody sent hides the one that matters. Not for
 * lines, where the one that ends is the news.
 */
export function happening<L extends string>(expression: Expression<L>): Expression<L> {
  return compare(expression, ">", 0);
}
