import type {
  ConnectionState,
  ConnectTrigger,
  EpisodeOutcome,
  RehydrationOutcome,
  ReloadedSocket,
  TokenRefreshOutcome,
} from "@sockscope/catalog";
import { coloured, type SeriesLook } from "./series-look.ts";

/** Colour of how a reconnect episode ended, and of its beginning, wherever a panel shows it by `{{outcome}}`. */
export const EPISODE_LOOKS: readonly SeriesLook[] = coloured<EpisodeOutcome | "started">({
  started: "blue",
  recovered: "green",
  gave_up: "red",
  abandoned: "gray",
});

/** Colour of what a page had instead of a connection, wherever a panel shows it by state. */
export const WITHOUT_CONNECTION_LOOKS: readonly SeriesLook[] = coloured<
  Exclude<ConnectionState, "connected" | "offline">
>({
  reconnecting: "orange",
  gave_up: "red",
  rejected: "purple",
});

/**
 * Colour of why an attempt was made, wherever a panel shows it by `{{trigger}}`: orange and yellow come after trouble, blue
 * after the user or the network came back, purple with another proof of who the user is.
 */
export const TRIGGER_LOOKS: readonly SeriesLook[] = coloured<ConnectTrigger>({
  initial: "green",
  backoff: "orange",
  advice: "yellow",
  online: "dark-blue",
  visible: "blue",
  pageshow: "light-blue",
  resume: "super-light-blue",
  manual: "red",
  token_refresh: "purple",
  unspecified: "light-green",
  other: "gray",
});

/** Colour of how a refresh of the token ended, wherever a panel shows it by `{{outcome}}`. */
export const TOKEN_REFRESH_LOOKS: readonly SeriesLook[] = coloured<TokenRefreshOutcome>({
  succeeded: "green",
  failed: "purple",
  cancelled: "gray",
});

/** Colour of what the socket was like when the user reloaded, wherever a panel shows it by `{{socket}}`. */
export const RELOAD_LOOKS: readonly SeriesLook[] = coloured<ReloadedSocket>({
  healthy: "green",
  reconnecting: "orange",
  gave_up: "red",
  rejected: "purple",
});

/** Colour of how a rehydration ended, wherever a panel shows it by `{{outcome}}`. */
export const REHYDRATION_LOOKS: readonly SeriesLook[] = coloured<RehydrationOutcome>({
  sent: "green",
  forbidden: "purple",
  failed: "red",
});
