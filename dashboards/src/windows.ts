import type { Catalog, Period } from "@sockscope/catalog";
import {
  chooseBy,
  compare,
  type Expression,
  keepApart,
  maxBy,
  maxEvaluated,
  maxOverTime,
  minBy,
  minEvaluated,
  minOverTime,
  type Range,
  rangeInWords,
  rangeSeconds,
  STEP,
  variable,
} from "@sockscope/promql";
import { ALERT_WINDOWS, recorded, type Sli } from "@sockscope/slo";
import type { Trait } from "./panels/panel.ts";

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

/**
 * The same in a graph whose number is of the time before each of its points: as long as their distance, where that is longer,
 * so that nothing falls between two of them. A query with it has the `leastStepSeconds` of which {@link WIDE_WINDOW} is four times
 * as long, as `$__rate_interval` is.
 */
export const WIDE: { readonly window: Range; readonly leastStepSeconds: number } = {
  window: "$__rate_interval",
  leastStepSeconds: rangeSeconds(WIDE_WINDOW) / 4,
};

/** A window as a description says it, that grows with the distance of a graph's points. */
export function orSincePoint(window: Period): string {
  return `${rangeInWords(window)} (or since the point before, where that is longer ago)`;
}

/** {@link WIDE} as a description says it. */
export const WIDE_IN_WORDS: string = orSincePoint(WIDE_WINDOW);

/** How often a rule's number is looked at between two points of its graph. */
const LOOKED_AT: Period = "1m";

/** The worst of an alert's own number since the point before; its window is the alert's, whatever the graph shows. */
export function worstSincePoint<L extends string>(
  expression: Expression<L>,
  badSide: "above" | "below",
): { readonly expression: Expression<L>; readonly leastStepSeconds: number } {
  const worst = badSide === "above" ? maxEvaluated : minEvaluated;
  return {
    expression: worst(expression, STEP, { every: LOOKED_AT }),
    leastStepSeconds: rangeSeconds(LOOKED_AT),
  };
}

/** The worst of a target's recorded number since the point before; where it is not recorded, that of the point. */
export function recordedSincePoint<L extends string>(
  { value, rule }: Sli<L>,
  badSide: "above" | "below",
): Expression<L> {
  if (rule === undefined) return value;
  return badSide === "above" ? maxOverTime(recorded(rule), WINDOW) : minOverTime(recorded(rule), WINDOW);
}

/** What a description says of {@link worstSincePoint}. */
export const WORST_IN_WORDS = "Each point is the worst minute since the one before.";

/** At which the share of a day, or of hours, is asked for: a dashboard's first hour minute by minute. */
export const DAY_SHARE_MOMENTS = 60;

/**
 * An alert's own number, which it judges in each environment by itself; of several, the worst. A panel of it has the traits of
 * {@link worstEnvironmentTraits}.
 */
export function worstEnvironment<L extends string>(
  { environmentLabels }: Catalog,
  value: Expression<L>,
  badSide: "above" | "below",
): Expression<L> {
  if (environmentLabels.length === 0) return value;
  const worst = badSide === "above" ? maxBy : minBy;
  return worst(value.labels, keepApart(value, environmentLabels));
}

/** Where there is one environment, nothing is the worst of several. */
export function worstEnvironmentTraits({ environmentLabels }: Catalog): readonly Trait[] {
  return environmentLabels.length === 0 ? [] : ["of the extreme part"];
}

/** So far back the most connections are looked for that a share is of: a fault empties what is there now. */
export const MOST_RANGE: Period = ALERT_WINDOWS.WsMassDisconnect.most;

/** {@link MOST_RANGE} as a description says it. */
export const MOST_RANGE_IN_WORDS: string = rangeInWords(MOST_RANGE);

/** In which users are counted whom a close hits. */
export const AFFECTED_RANGE: Period = ALERT_WINDOWS.WsAuthCloseSpike.sessions;

/** {@link AFFECTED_RANGE} as a description says it. */
export const AFFECTED_RANGE_IN_WORDS: string = rangeInWords(AFFECTED_RANGE);

/**
 * Only where something happens: in stacked bars, a legend of codes that nobody sent hides the one that matters. Not for
 * lines, where the one that ends is the news.
 */
export function happening<L extends string>(expression: Expression<L>): Expression<L> {
  return compare(expression, ">", 0);
}
