/** What became of an app's sessions, since the start but for `active`. */
export interface SessionCounts {
  /** Sessions that sent their first batch. */
  started: number;
  /** Sessions that sent a second batch and have neither left nor fallen silent. */
  active: number;
  /** Sessions that ended because their page said that it goes away. */
  left: number;
  /** Sessions that ended because nothing came any more. */
  vanished: number;
  /** Numbers that are certain never to have been counted: they left their window, or their session was forgotten. */
  sequenceGaps: number;
}

/** The counts of an app that nothing has come from. */
export function noSessions(): SessionCounts {
  return { started: 0, active: 0, left: 0, vanished: 0, sequenceGaps: 0 };
}
