import type { CommandQuestion, Question } from "./question.ts";

/** Who can be called. What they are called in a company is its own. */
export type Role =
  | "chat server's on-call"
  | "chat page's on-call"
  | "owner of the auth service"
  | "platform's on-call"
  | "owner of the collectors"
  | "incident lead";

/** Somebody to call, and when. */
export interface Call {
  readonly whom: Role;
  /** The end of a sentence that begins with "When ...": something that the reader can see without looking for it. */
  readonly when: string;
}

/** Where a chat runs, as far as commands differ by it. */
export type Platform = "kubernetes" | "hosts";

/** One thing to do, in the imperative. */
export interface Step {
  readonly does: string;
  /**
   * A shell command that does it; where it differs by platform, one for each. It has no number in it that could be wrong for
   * whoever runs it, and uses no variable that is not among {@link SHELL_VARIABLES}.
   */
  readonly command?: string | Readonly<Record<Platform, string>>;
}

/** A view that tells who is hit and since when: nothing in it is healthy or not. */
export interface Breakdown {
  /** What the result is split by, as the end of "By ...". */
  readonly by: string;
  readonly query: Question["query"];
  /** How to read it. */
  readonly read: string;
}

/** A thing that can have gone wrong, with the way to know and the way back. */
export interface Cause {
  /** Names the cause within its runbook: lower case with hyphens, never changes. */
  readonly id: string;
  readonly title: string;
  /** How it shows, in a sentence or two. */
  readonly signal: string;
  /** Unhealthy when it is this, and healthy when it is not. */
  readonly confirm: Question;
  /** What to look at where Prometheus does not: each unhealthy when it is this. Default: nothing. */
  readonly evidence?: readonly CommandQuestion[];
  /** In their order. */
  readonly fix: readonly Step[];
  /** Healthy as soon as the fix works. */
  readonly verify: Question;
  /** How to take the fix back when it made things worse. */
  readonly undo: readonly Step[];
  /** Causes of the same runbook, by id, that are seen only because of this one: with both confirmed, it is this. Default: none. */
  readonly explains?: readonly string[];
}

/** What makes it better for users while the cause is not mended. */
export interface Mitigation {
  readonly step: Step;
  /** Whom it hits, and how badly. */
  readonly blastRadius: string;
  readonly undo: Step;
}

/** What somebody does who was woken up by an alert. */
export interface Runbook {
  /** What users feel, in one line. */
  readonly impact: string;
  /** Whom to call before looking at anything else. None for what never needs it. */
  readonly callAtOnce: readonly Call[];
  /** Says no where the alert shows something that users do not feel. */
  readonly isReal: Question;
  /** One session that loops, or many: what sessions say, and what the log's threads say. */
  readonly oneOrMany: { readonly sessions: Question; readonly threads?: CommandQuestion };
  /** Since when, and who: app, release, share of users, pods. */
  readonly who: readonly Breakdown[];
  /** The first five minutes: three to five. */
  readonly firstFiveMinutes: readonly Question[];
  /** The likeliest first. */
  readonly causes: readonly Cause[];
  /** From safe to drastic. */
  readonly mitigations: readonly Mitigation[];
  /** All of them healthy, for a quarter of an hour. */
  readonly doneWhen: readonly Question[];
  /** When no cause is confirmed. */
  readonly escalation: readonly Call[];
  /** For a status page, in words of users. */
  readonly tellUsers: string;
}
