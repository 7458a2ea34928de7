import type { Diagnosis } from "./diagnosis.ts";

/** Everything that `sockscope diagnose` found, for whoever reads it. */
export interface Report {
  /** Of Prometheus, without what may be secret. */
  readonly prometheus: string;
  /** Of which it is, in seconds since 1970, and whether that is another moment than now. */
  readonly moment: number;
  readonly isPast: boolean;
  /** One for each alert, and each for whom it fires. */
  readonly diagnoses: readonly Diagnosed[];
  /** What should be known besides, a sentence each. */
  readonly notes: readonly string[];
  /** Whether all that fires could be looked at; otherwise a note says why not. */
  readonly isKnown: boolean;
}

/** A diagnosis, with where to look further. */
export interface Diagnosed {
  readonly diagnosis: Diagnosis;
  readonly links: { readonly runbook: string | undefined; readonly dashboard: string | undefined };
}
