import type { Expression } from "@sockscope/promql";

/** Between which values an answer is healthy, the bounds included: one of them at least. */
export type Healthy =
  | { readonly least: number; readonly most?: number }
  | { readonly least?: number; readonly most: number };

/** What an answer counts. A `share` is a fraction of one. */
export type AnswerUnit = "share" | "count" | "seconds" | "per second" | "bytes";

interface Asked {
  /** Names the question within its runbook: lower case with hyphens, never changes. */
  readonly id: string;
  /** With the time that it looks back, and a question mark. */
  readonly asks: string;
  readonly unit: AnswerUnit;
  readonly healthy: Healthy;
  /** What an answer within `healthy` means, and what to do next. */
  readonly ifHealthy: string;
  /** The same of an answer outside. */
  readonly ifUnhealthy: string;
}

/** Asked of Prometheus, which it does not change. The answer is unhealthy when one of its series is. */
export interface Question extends Asked {
  readonly query: Expression;
  /** What it says when no series is there, and why that may be. */
  readonly withoutSeries: {
    readonly verdict: "healthy" | "unhealthy" | "unknown";
    readonly means: string;
  };
}

/** Asked of a log or of another program's state: a shell command that changes nothing and prints one number. */
export interface CommandQuestion extends Asked {
  readonly command: string;
  /** Answers that say nothing, wherever they lie. Default: none. */
  readonly saysNothing?: { readonly answers: readonly number[]; readonly means: string };
}
