import type { Share, Target } from "@sockscope/catalog";
import { rangeInWords } from "@sockscope/promql";
import type { BurnWindow } from "@sockscope/slo";
import { percentage } from "./human-numbers.ts";

/** How fast the budget of a target burns, as the end of a sentence. */
export function burningText(
  { objective, per }: { readonly objective: Pick<Share, "share">; readonly per: Target["per"] },
  { burnRate }: BurnWindow,
): string {
  const times = burnRate === 1 ? "" : `${burnRate} times `;
  return `more than ${times}what the target allows (${percentage(objective.share)} in ${rangeInWords(per)}), and it goes on.`;
}
