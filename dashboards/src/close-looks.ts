import type { Catalog, ClosePolicy, CloseReason, ConnectOutcome, EndedBy } from "@sockscope/catalog";
import type { SeriesLook } from "./graph.ts";

/** A family of colours per consequence for the user, so that a glance tells harmless from harmful. */
const SHADES: Readonly<Record<ClosePolicy["userSees"], readonly string[]>> = {
  nothing: ["green", "light-green"],
  reconnecting: ["light-yellow", "yellow", "dark-yellow", "light-orange", "orange", "dark-orange"],
  error: ["light-red", "red", "dark-red"],
  "authentication failed": ["purple", "dark-purple"],
};

/** Name and colour of each close code, wherever a panel shows what browsers saw by `{{code}}`. */
export function closeCodeLooks({ closeCodes }: Catalog): SeriesLook[] {
  const used = new Map<string, number>();
  return closeCodes.map(({ label, name, policy }) => {
    const family = policy.userSees;
    const index = used.get(family) ?? 0;
    used.set(family, index + 1);
    const shades = SHADES[family];
    return {
      legend: label,
      displayName: `${label} ${name}`,
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
  heartbeat_timeout: "light-orange",
  slow_consumer: "dark-yellow",
  internal_error: "red",
  forbidden: "light-red",
  unsupported_data: "dark-red",
  rate_limited: "semi-dark-red",
  protocol_error: "super-light-red",
  normal: "light-green",
  going_away: "light-yellow",
  other: "gray",
};

/** Colour of each reason, wherever a panel shows what the server knows by `{{reason}}`; the families of the close codes. */
export const CLOSE_REASON_LOOKS: readonly SeriesLook[] = coloured(REASON_COLORS);

/** Colour of who ended a connection, wherever a panel shows it by `{{ended_by}}`. */
export const ENDED_BY_LOOKS: readonly SeriesLook[] = coloured<EndedBy>({
  left: "green",
  page: "blue",
  peer: "yellow",
  network: "orange",
});

/** Colour of what became of a connect attempt, wherever a panel shows it by `{{outcome}}`. */
export const CONNECT_OUTCOME_LOOKS: readonly SeriesLook[] = coloured<ConnectOutcome>({
  opened: "green",
  rejected: "purple",
  dropped: "orange",
  failed: "red",
  timed_out: "dark-red",
  aborted: "gray",
});

function coloured<Value extends string>(colors: Readonly<Record<Value, string>>): SeriesLook[] {
  return Object.entries<string>(colors).map(([legend, color]) => ({ legend, color }));
}
