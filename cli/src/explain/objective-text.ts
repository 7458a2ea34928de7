import type { Count, Share, ShareAtBound } from "@sockscope/catalog";

const PERCENT = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 3 });

/** A target's number in words. */
export function objectiveText(objective: ShareAtBound | Share | Count): string {
  if (objective.kind === "count") return `${objective.comparison} ${objective.count}`;
  const share = `${objective.comparison} ${PERCENT.format(objective.share)}`;
  return objective.kind === "share" ? share : `${share} of observations at or below ${objective.bound}`;
}
