import type { CommandQuestion } from "../question.ts";

/** One user with so many tabs has as many threads. */
export const TABS_OF_ONE_USER = 5;

/**
 * A filter of the chat server's log: what a jq expression keeps of its lines, of the last so many minutes. Whatever else a process
 * writes to its log is passed over.
 */
export function linesOf(minutes: number, condition: string, then: string): string {
  return `chat_log ${minutes} | jq --raw-input --raw-output 'fromjson? | objects | select(${condition}) | ${then}'`;
}

/** In jq: whether a line is of a connection that was closed for one of these reasons. */
export function closedFor(reasons: readonly string[]): string {
  const [first = "", ...others] = reasons.map((reason) => `.reason == "${reason}"`);
  return `.event == "close" and ${others.length === 0 ? first : `(${[first, ...others].join(" or ")})`}`;
}

/** Whether a log of ours is read at all: every other question takes a log that is not there for one in which nothing happened. */
export function logIsRead(): CommandQuestion {
  return {
    id: "log-lines",
    asks: "How many lines about connections does the chat server's log have, of the last 60 minutes?",
    unit: "count",
    healthy: { least: 1 },
    command: `${linesOf(60, 'has("event") and has("correlation_id")', "1")} | wc -l`,
    ifHealthy: "The log is read: commands that count its lines can be believed.",
    ifUnhealthy:
      "Believe no command that reads this log: a 0 of theirs says nothing. The unit, the namespace or the selector is wrong, you may not read it, the server writes its log elsewhere or wraps its lines in others, or nobody connected for an hour.",
  };
}

/** What a question about threads says of its answer. */
type Told = Pick<CommandQuestion, "ifHealthy" | "ifUnhealthy">;

/**
 * How many threads a kind of line is about, each on a line of its own whatever its name has in it. A connection that ends before it joins a thread has none, so sessions decide where
 * both say something else.
 */
export function threadsInLog(minutes: number, condition: string, told: Told): CommandQuestion {
  return {
    id: "threads",
    asks: `How many threads does the chat server's log name for it, within the last ${minutes} minutes?`,
    unit: "count",
    healthy: { most: TABS_OF_ONE_USER },
    command: `${linesOf(minutes, condition, ".thread_id // empty | tojson")} | sort -u | wc -l`,
    ...told,
  };
}
