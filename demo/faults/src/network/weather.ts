/** What a network is like. */
export interface Weather {
  /** There is none: what was open is cut, and nothing opens. */
  readonly isCut?: boolean;
  /** Nothing moves, and nothing is lost. */
  readonly isStalled?: boolean;
  /** Everything vanishes, the news of an end too, and nobody is told. */
  readonly isSwallowing?: boolean;
  /** Connections end after so long a silence, in ms. Default: never. */
  readonly idleMs?: number;
  /** Connections end so long after they opened, or after this began, in ms. Default: never. */
  readonly lifetimeMs?: number;
}
