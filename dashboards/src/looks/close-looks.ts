import type { Catalog, ClosePolicy, CloseReason, ConnectOutcome, EndedBy } from "@sockscope/catalog";
import { coloured, type SeriesLook } from "./series-look.ts";

/** Hues, in degrees, from which a family of colours takes its own. */
interface Family {
  readonly from: number;
  readonly to: number;
}

/** A family per consequence for the user, so that a glance tells harmless from harmful. */
const FAMILIES: Readonly<Record<ClosePolicy["userSees"], Family>> = {
  nothing: { from: 110, to: 165 },
  reconnecting: { from: 24, to: 62 },
  error: { from: 340, to: 366 },
  "authentication failed": { from: 265, to: 300 },
};

/** Neighbours differ in lightness as well; each is seen on black and on white. */
const LIGHTNESSES: readonly number[] = [0.5, 0.64, 0.4];
const SATURATION = 0.75;

/** See {@link https://en.wikipedia.org/wiki/HSL_and_HSV#HSL_to_RGB_alternative}. */
function hex(hue: number, lightness: number): string {
  const reach = SATURATION * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): string => {
    const k = (offset + hue / 30) % 12;
    const value = lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}

/** The color of one of several of a family: no two are alike. */
function shade({ from, to }: Family, index: number, of: number): string {
  const hue = from + ((to - from) * index) / Math.max(1, of - 1);
  return hex(hue, LIGHTNESSES[index % LIGHTNESSES.length] ?? SATURATION);
}

/** Name and colour of each close code, wherever a panel shows what browsers saw by `{{code}}`. */
export function closeCodeLooks({ closeCodes }: Catalog): SeriesLook[] {
  return closeCodes.map(({ label, name, policy: { userSees } }) => {
    const family = closeCodes.filter(({ policy }) => policy.userSees === userSees);
    const index = family.findIndex((code) => code.label === label);
    return {
      legend: label,
      displayName: `${label} ${name}`,
      color: shade(FAMILIES[userSees], index, family.length),
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
