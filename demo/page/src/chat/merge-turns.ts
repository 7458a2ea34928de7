import type { Turn } from "@sockscope/catalog/runtime";

/**
 * The server's recent turns in their order, between what the page has from before them and what the server has not seen.
 * With no turn in common, everything on the page is from before.
 */
export function mergeTurns(local: readonly Turn[], recent: readonly Turn[]): readonly Turn[] {
  const isUnknown = isNotIn(recent);
  const firstCommon = local.findIndex((turn) => !isUnknown(turn));
  const split = firstCommon === -1 ? local.length : firstCommon;
  return [...local.slice(0, split), ...recent, ...local.slice(split).filter(isUnknown)];
}

/** Answers that came while the page was not connected. A page that had nothing yet has missed nothing: all of it is history. */
export function missedAnswers(local: readonly Turn[], recent: readonly Turn[]): readonly Turn[] {
  if (local.every(isNotIn(recent))) return [];
  return recent.filter(isNotIn(local)).filter(({ role }) => role === "assistant");
}

function isNotIn(turns: readonly Turn[]): (turn: Turn) => boolean {
  const ids = new Set(turns.map(({ message_id }) => message_id));
  return ({ message_id }) => !ids.has(message_id);
}
