/** Series that promtool makes up, in its notation; a sample a minute. */
type MadeUpSeries = Readonly<Record<string, string>>;

/** What each question of a runbook is to see when it is what it asks for: without it, nobody knows that it would say so. */
export interface RunbookCases {
  /**
   * By the question's id: series over those of {@link healthyChat}, from the same selectors, on which its answer is unhealthy after
   * {@link LOOKED_AT}. Those of questions that several runbooks share stand in `shared-cases.ts`.
   */
  readonly broken: Readonly<Record<string, MadeUpSeries>>;
  /** By the id of a question to the chat server's log: lines on which its answer is unhealthy. Default: none is asked. */
  readonly brokenLog?: Readonly<Record<string, readonly object[]>>;
}

/** When series are looked at, in minutes from their beginning. */
export const LOOKED_AT = 90;
