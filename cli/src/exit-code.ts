/** What a command ends with. */
export const EXIT = {
  /** Done; of a diagnosis: healthy. */
  done: 0,
  /** Failed; of a diagnosis: unhealthy. */
  failed: 1,
  /** Called wrongly. */
  usage: 2,
  /** A diagnosis that cannot be made. */
  unknown: 3,
} as const;

/** A value of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
