import type { TargetId } from "@sockscope/catalog";

/** A window over which the burn of an error budget is recorded. */
export type BurnRange = "5m" | "30m" | "1h" | "2h" | "6h" | "1d" | "3d";

/**
 * How fast an error budget burns before somebody is told. Both windows have to burn: the long one says that it matters, the
 * short one that it still goes on.
 */
export interface BurnWindow {
  readonly long: BurnRange;
  readonly short: BurnRange;
  /** How many times faster than the rate that uses up the whole budget in the target's period. */
  readonly burnRate: number;
  readonly severity: "page" | "ticket";
  /** How long both have to burn, as a PromQL duration. */
  readonly holds: "2m" | "15m";
}

/**
 * The windows of an objective over 30 days: 2 % of the budget within an hour and 5 % within six page, 10 % within a day and
 * 10 % within three days are a ticket.
 *
 * See {@link https://sre.google/workbook/alerting-on-slos/ | the Site Reliability Workbook, "Alerting on SLOs"}, its table
 * of burn rates, and {@link https://github.com/slok/sloth/blob/main/internal/alert/windows/google-30d.yaml | Sloth's
 * windows}, which add the one of a day.
 */
export const BURN_WINDOWS: readonly BurnWindow[] = [
  { long: "1h", short: "5m", burnRate: 14.4, severity: "page", holds: "2m" },
  { long: "6h", short: "30m", burnRate: 6, severity: "page", holds: "2m" },
  { long: "1d", short: "2h", burnRate: 3, severity: "ticket", holds: "15m" },
  { long: "3d", short: "6h", burnRate: 1, severity: "ticket", holds: "15m" },
];

/** Above this many times the allowed rate of errors, somebody is woken up soonest. */
export const FASTEST_BURN_RATE: number = Math.max(...BURN_WINDOWS.map(({ burnRate }) => burnRate));

/** The targets whose budgets these windows watch. */
export const BURNT_TARGETS: readonly TargetId[] = ["connect_success", "message_delivery"];
