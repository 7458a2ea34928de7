import type { Catalog } from "@sockscope/catalog";
import {
  avgOverTime,
  type Expression,
  multiply,
  rangeInWords,
  rangeSeconds,
  ratio,
  sumBy,
} from "@sockscope/promql";
import { RETRYABLE_CLOSES_RATE_5M, recorded, retryableCloses, SESSIONS_ACTIVE_SUM } from "@sockscope/slo";
import { ofChosenApps } from "../windows.ts";

/*
 * What is recorded is added up once more: where there are several environments, it is kept apart by them, and the reader
 * looks at those that they chose as one.
 */

/** How many cuts there were within the target's period. */
export function cutsOfHour(catalog: Catalog): Expression<"app"> {
  return ofChosenApps(retryableCloses(catalog, catalog.targets.reconnection_storms.per));
}

/** The cuts that a ticket is about: the target's own number, where there was a page to be cut. */
export function hourlyCuts(catalog: Catalog): Expression<"app"> {
  const { per } = catalog.targets.reconnection_storms;
  return ofChosenApps(
    ratio(retryableCloses(catalog, per), sumBy(["app"], avgOverTime(recorded(SESSIONS_ACTIVE_SUM), per))),
  );
}

const { range } = RETRYABLE_CLOSES_RATE_5M;

const suddenCuts = sumBy(["app"], multiply(recorded(RETRYABLE_CLOSES_RATE_5M), rangeSeconds(range)));

/** How many cuts there were within the minutes that a page is about. */
export const SUDDEN_CUTS_COUNT: Expression<"app"> = ofChosenApps(suddenCuts);

/** The cuts that a page is about: an hour's allowance within a few minutes. */
export const SUDDEN_CUTS: Expression<"app"> = ofChosenApps(
  ratio(suddenCuts, sumBy(["app"], recorded(SESSIONS_ACTIVE_SUM))),
);

/** What {@link SUDDEN_CUTS} looks back over, as a description says it. */
export const SUDDEN_IN_WORDS: string = rangeInWords(range);

/** What both of them count. */
export const CUTS_IN_WORDS =
  "cuts after which browsers reconnect, as browsers count them; without users who leave, what the page closes itself, and planned restarts; each counts, so there can be more than one of a session";
