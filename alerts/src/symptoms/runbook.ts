import type { Expression } from "@sockscope/promql";

/** Something to look at, and what its answer means. */
export interface Check {
  /** One action, in the imperative. */
  readonly action: string;
  /** A query to ask Prometheus, or a command to run; at most one of them, and none where somebody has to look. */
  readonly query?: Expression;
  readonly command?: string;
  /** What the answer looks like when this is the cause, with its threshold. */
  readonly confirms: string;
}

/** A thing that can have gone wrong, with the way to know and the way back. */
export interface Cause {
  readonly title: string;
  readonly checks: readonly Check[];
  /** What to do when the checks confirm it. */
  readonly fix: string;
  /** How to take the fix back when it made things worse. */
  readonly undo: string;
}

/** What somebody does who was woken up by an alert. */
export interface Runbook {
  /** What users experience. */
  readonly impact: string;
  /** Shell variables that the commands use; the reader sets them first. */
  readonly needs: readonly { readonly name: string; readonly meaning: string }[];
  /** The first look: what tells the causes apart. */
  readonly triage: readonly Check[];
  /** The likeliest first. */
  readonly causes: readonly Cause[];
  /** Whom to call when no cause is confirmed, and when. */
  readonly escalation: string;
}
