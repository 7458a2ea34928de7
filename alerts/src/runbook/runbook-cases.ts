/** Series that promtool makes up, in its notation; a sample a minute. */
type MadeUpSeries = Readonly<Record<string, string>>;

/** What an HTTP server answers a command. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made when it is asked for, since some of it is about now. Default: none. */
  readonly body?: () => string;
}

/** What a question is to see that a command asks over HTTP. */
export interface AnswerCase {
  /** Method and path of the only request that is answered, such as `GET /status`, with nothing escaped; others are turned away with 400. */
  readonly to: string;
  readonly healthy: HttpAnswer;
  readonly broken: HttpAnswer;
}

/** What each question of a runbook is to see when it is what it asks for: without it, nobody knows that it would say so. */
export interface RunbookCases {
  /**
   * By the question's id: series over those of {@link healthyChat}, from the same selectors, on which its answer is unhealthy after
   * {@link LOOKED_AT}. Those of questions that several runbooks share stand in `proof/shared-cases.ts`.
   */
  readonly broken: Readonly<Record<string, MadeUpSeries>>;
  /** By the id of a question to a log: lines on which its answer is unhealthy. Default: none is asked. */
  readonly brokenLog?: Readonly<Record<string, readonly object[]>>;
  /** By the id of a question that a command asks over HTTP. Default: none is. */
  readonly answers?: Readonly<Record<string, AnswerCase>>;
}

/** When series are looked at, in minutes from their beginning. */
export const LOOKED_AT = 90;
