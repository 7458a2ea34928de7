/** What became of the sessions of an app's release, since the start but for `active`. */
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

/** The counts of a release that nothing has come from. */
export function noSessions(): SessionCounts {
  return { started: 0, active: 0, left: 0, vanished: 0, sequenceGaps: 0 };
}

/** The counts of all. */
export function sumOfSessions(all: readonly Readonly<SessionCounts>[]): SessionCounts {
  const sum = noSessions();
  for (const counts of all)
    for (const what of Object.keys(sum) as (keyof SessionCounts)[]) sum[what] += counts[what];
  return sum;
}
