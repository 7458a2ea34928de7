import type { Period } from "@sockscope/catalog";

/** Series that promtool makes up, in its notation: `{ 'up{job="chat"}': "1x10 0x5" }`. */
type MadeUpSeries = Readonly<Record<string, string>>;

/** What the alert says at a moment of made-up series. */
interface Situation {
  /** Present tense, behind the alert's name: `fires when ...`. */
  readonly title: string;
  readonly series: MadeUpSeries;
  /** From sample to sample. Default: `1m`. */
  readonly interval?: Period;
  /** When to look, as a PromQL duration from the start. */
  readonly at: string;
}

/** An alert that fires. */
export interface Fired {
  /** All but `alertname`: its severity and the rule's own, by which the rule is known, and those of the series. */
  readonly labels: Readonly<Record<string, string>> & { readonly severity: string };
  /** As its reader gets it. */
  readonly description: string;
}

/** A situation in which the alert fires, by these of its rules and no other. */
export interface FiringCase extends Situation {
  readonly firing: readonly Fired[];
}

/** A situation in which nobody may be told anything. */
export type SilentCase = Situation;

/** The cases of an alert: one of each at least, but for an alert that always fires. */
export interface AlertCases {
  readonly fires: readonly [FiringCase, ...FiringCase[]];
  readonly staysSilent: readonly SilentCase[];
}
