/** Series that promtool makes up, in its notation, one sample a minute: `{ 'up{job="chat"}': "1x10 0x5" }`. */
type MadeUpSeries = Readonly<Record<string, string>>;

/** What the alert says at a moment of made-up series. */
interface Situation {
  /** Present tense, behind the alert's name: `fires when ...`. */
  readonly title: string;
  readonly series: MadeUpSeries;
  /** When to look, as a PromQL duration from the start. */
  readonly at: string;
}

/** A situation in which the alert fires. */
export interface FiringCase extends Situation {
  readonly firing: readonly {
    /** Without `alertname`, `severity` and the rule's own. */
    readonly labels: Readonly<Record<string, string>>;
    /** The alert's description as its reader gets it. */
    readonly description: string;
  }[];
}

/** A situation in which nobody may be told anything. */
export type SilentCase = Situation;

/** The cases of an alert: at least one of each. */
export interface AlertCases {
  readonly fires: readonly [FiringCase, ...FiringCase[]];
  readonly staysSilent: readonly [SilentCase, ...SilentCase[]];
}
