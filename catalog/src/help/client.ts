import type * as client from "../metrics/client.ts";
import type { MetricHelp } from "./metric-help.ts";

/** What a reader needs to know of a client metric. A metric without an entry does not compile. */
export const CLIENT_HELP: Readonly<Record<keyof typeof client, MetricHelp>> = {
  CONNECT_ATTEMPTS: { help: "Connect attempts, by how they ended and why they were made.", unit: "attempts" },
  CONNECT_DURATION: { help: "Time from creating the socket to its open event.", unit: "seconds" },
  CLOSES: { help: "Closes, by close code and by whether the connection had opened.", unit: "closes" },
  CONNECTION_DURATION: { help: "Time a connection stayed open.", unit: "seconds" },
  RECONNECT_EPISODES: {
    help: "Reconnect episodes, by how they ended.",
    unit: "episodes",
    declaredOnly: true,
  },
  RECONNECT_EPISODE_ATTEMPTS: {
    help: "Connect attempts of a reconnect episode.",
    unit: "attempts",
    declaredOnly: true,
  },
  RECONNECT_DELAY: { help: "Delay before a reconnect attempt.", unit: "seconds", declaredOnly: true },
  DOWNTIME: {
    help: "Time a user who had a network was without a connection.",
    unit: "seconds",
    declaredOnly: true,
  },
  MESSAGE_LATENCY: {
    help: "Time from the server's sending of a message to its arrival.",
    unit: "seconds",
    declaredOnly: true,
  },
  REPLY_LATENCY: { help: "Time from a user's message to its reply.", unit: "seconds", declaredOnly: true },
  RTT: { help: "Round-trip time of an application ping.", unit: "seconds", declaredOnly: true },
  FRAMES_RECEIVED: { help: "Frames received from the server, by event.", unit: "frames" },
  FRAMES_SENT: { help: "Frames sent to the server, by event.", unit: "frames" },
  DUPLICATES_DROPPED: {
    help: "Duplicate messages dropped before they were shown.",
    unit: "frames",
    declaredOnly: true,
  },
  DUPLICATES_RENDERED: { help: "Duplicate messages that a user saw.", unit: "frames", declaredOnly: true },
  STALE_FRAMES_DROPPED: {
    help: "Frames dropped because they came from a replaced socket.",
    unit: "frames",
    declaredOnly: true,
  },
  TOKEN_REFRESHES: { help: "Access-token refreshes, by outcome.", unit: "refreshes", declaredOnly: true },
  PAGE_RELOADS: { help: "Page reloads, by the state of the socket.", unit: "reloads", declaredOnly: true },
  HEAP_GROWTH: {
    help: "Growth of the page's heap since the session began.",
    unit: "bytes",
    declaredOnly: true,
  },
  SESSIONS_ACTIVE: { help: "Browser sessions that sent a batch lately.", unit: "sessions" },
  TELEMETRY_LOST: { help: "Measurements that the SDK had to drop.", unit: "measurements" },
};
