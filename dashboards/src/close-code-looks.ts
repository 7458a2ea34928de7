import { CLOSE_CODE_LABELS, CLOSE_CODE_MEANINGS, CLOSE_POLICIES, type ClosePolicy } from "@sockscope/catalog";
import type { SeriesLook } from "./panel.ts";

/** A family of colours per consequence for the user, so that a glance tells harmless from harmful. */
const SHADES: Readonly<Record<ClosePolicy["userSees"], readonly string[]>> = {
  nothing: ["green"],
  reconnecting: ["light-yellow", "yellow", "dark-yellow", "light-orange", "orange", "dark-orange"],
  error: ["light-red", "red", "dark-red"],
  "authentication failed": ["purple", "dark-purple"],
};

/** Name and colour of each close code, wherever a panel shows codes by `{{code}}`. */
export function closeCodeLooks(): SeriesLook[] {
  const used = new Map<string, number>();
  return CLOSE_CODE_LABELS.map((code) => {
    const family = CLOSE_POLICIES[code].userSees;
    const index = used.get(family) ?? 0;
    used.set(family, index + 1);
    const shades = SHADES[family];
    return {
      legend: code,
      displayName: `${code} ${CLOSE_CODE_MEANINGS[code].name}`,
      color: shades[index % shades.length] ?? "gray",
    };
  });
}
