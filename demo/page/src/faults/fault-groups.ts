import type { FaultId } from "@sockscope/demo/faults";

/** What a fault breaks. */
export type FaultGroup = "session" | "server" | "network" | "messages";

/** What each group is called, in the order in which they are shown. */
export const GROUP_TITLES: Readonly<Record<FaultGroup, string>> = {
  session: "Session",
  server: "Server",
  network: "Network",
  messages: "Messages",
};

/** Where each fault is shown. One that is in no group does not compile. */
export const GROUP_OF: Readonly<Record<FaultId, FaultGroup>> = {
  expire_tokens: "session",
  break_refresh: "session",
  forbid_handshake: "session",
  consumer_error: "server",
  overload: "server",
  restart: "server",
  slow_consumer: "server",
  stop_redis: "server",
  cut_network: "network",
  stall_network: "network",
  half_open: "network",
  idle_timeout: "network",
  lifetime_limit: "network",
  delay_messages: "messages",
  lose_messages: "messages",
  duplicate_messages: "messages",
  omit_in_reply_to: "messages",
};

/** Faults of the way between the page and the chat's machine: requests of the page are on that way, too. */
export function cutsRequests(id: FaultId): boolean {
  return id === "cut_network" || id === "stall_network" || id === "half_open";
}
