import {
  COLLECTOR_BATCHES,
  COLLECTOR_SEQUENCE_GAPS,
  CONNECT_ATTEMPTS,
  SERVER_CONNECTIONS_OPENED,
} from "@sockscope/catalog";
import {
  add,
  type Expression,
  increase,
  minBy,
  type Offset,
  rangeInWords,
  rate,
  ratio,
  sumBy,
} from "@sockscope/promql";
import {
  ACCEPTED_ATTEMPTS,
  ALERT_WINDOWS,
  meanOfDayBefore,
  OPENS_PER_SERVER_OPEN,
  recorded,
} from "@sockscope/slo";

const { gaps: GAPS_RANGE, beforeNow } = ALERT_WINDOWS.WsClientTelemetryLost;
const { range } = OPENS_PER_SERVER_OPEN;

/** What coverage looks back over, as a description says it. */
export const COVERAGE_IN_WORDS: string = rangeInWords(range);

/**
 * What share of the connections that servers accepted browsers report. Not as it is recorded: that is kept apart by
 * environment, and shares cannot be added up.
 */
export function coverage(offset: Offset = {}): Expression<never> {
  return ratio(
    sumBy([], rate(CONNECT_ATTEMPTS, ACCEPTED_ATTEMPTS, range, offset)),
    sumBy([], rate(SERVER_CONNECTIONS_OPENED, {}, range, offset)),
  );
}

const recordedCoverage = recorded(OPENS_PER_SERVER_OPEN);

/** Coverage over its own mean of the day before, as the alert has it, of each environment. */
export const COVERAGE_OF_YESTERDAY_EACH: Expression<never> = ratio(
  recordedCoverage,
  meanOfDayBefore(recordedCoverage, beforeNow),
);

/** The same; of several environments, the worst. */
export const COVERAGE_OF_YESTERDAY: Expression<never> = minBy([], COVERAGE_OF_YESTERDAY_EACH);

/** How many connections servers accepted, of which coverage is a share. */
export const ACCEPTED_CONNECTIONS: Expression<never> = sumBy(
  [],
  increase(SERVER_CONNECTIONS_OPENED, {}, range),
);

/** {@link GAPS_RANGE} as a description says it. */
export const GAPS_IN_WORDS: string = rangeInWords(GAPS_RANGE);

/** How many batches never came. */
export const GAPS: Expression<never> = sumBy([], increase(COLLECTOR_SEQUENCE_GAPS, {}, GAPS_RANGE));
const accepted = sumBy([], increase(COLLECTOR_BATCHES, { result: "accepted" }, GAPS_RANGE));

/** The share of batches that pages numbered and that never came. */
export const GAP_SHARE: Expression<never> = ratio(GAPS, add(accepted, GAPS));
