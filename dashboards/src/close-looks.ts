import {
  CLOSE_CODE_LABELS,
  CLOSE_CODE_MEANINGS,
  CLOSE_POLICIES,
  type CloseCodeLabel,
  type ClosePolicy,
  type CloseReason,
} from "@sockscope/catalog";
import type { SeriesLook } from "./graph.ts";

/** A family of colours per consequence for the user, so that a glance tells harmless from harmful. */
const SHADES: Readonly<Record<ClosePolicy["userSees"], readonly string[]>> = {
  nothing: ["green", "light-green"],
  reconnecting: ["light-yellow", "yellow", "dark-yellow", "light-orange", "orange", "dark-orange"],
  error: ["light-red", "red", "dark-red"],
  "authentication failed": ["purple", "dark-purple"],
};

/** In a browser, 1001 is the page that was left: nobody is there to see anything. */
const OF_PAGES: Partial<Record<CloseCodeLabel, ClosePolicy["userSees"]>> = { "1001": "nothing" };

/** Name and colour of each close code, wherever a panel shows what browsers saw by `{{code}}`. */
export function closeCodeLooks(): SeriesLook[] {
  const used = new Map<string, number>();
  return CLOSE_CODE_LABELS.map((code) => {
    const family = OF_PAGES[code] ?? CLOSE_POLICIES[code].userSees;
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

const REASON_COLORS: Readonly<Record<CloseReason, string>> = {
  peer: "green",
  lost: "orange",
  authentication_expired: "purple",
  authentication_required: "dark-purple",
  restart: "yellow",
  overload: "dark-orange",
  internal_error: "red",
  forbidden: "light-red",
  unsupported_data: "dark-red",
  other: "gray",
};

/** Colour of each reason, wherever a panel shows what the server knows by `{{reason}}`; the families of the close codes. */
export const CLOSE_REASON_LOOKS: readonly SeriesLook[] = Object.entries(REASON_COLORS).map(
  ([legend, color]) => ({ legend, color }),
);
