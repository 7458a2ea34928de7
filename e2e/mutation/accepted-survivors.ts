/** A mutant that no test notices, and why that is well. One that is noticed after all, or that there is no more, turns the gate red. */
export interface AcceptedSurvivor {
  /** The rule, by its title. */
  readonly of: string;
  readonly change: string;
  readonly because: string;
}

/** All there are. */
export const ACCEPTED_SURVIVORS: readonly AcceptedSurvivor[] = [];
