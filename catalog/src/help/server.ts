import type * as server from "../metrics/server.ts";
import type { MetricHelp } from "./metric-help.ts";

/** What a reader needs to know of a server metric. A metric without an entry does not compile. */
export const SERVER_HELP: Readonly<Record<keyof typeof server, MetricHelp>> = {
  SERVER_CONNECTIONS_ACTIVE: { help: "Open connections.", unit: "connections" },
  SERVER_CONNECTIONS_OPENED: {
    help: "Connections opened, by route and by how the user was authenticated.",
    unit: "connections",
  },
  SERVER_HANDSHAKES_REJECTED: {
    help: "Handshakes rejected, by HTTP status.",
    unit: "handshakes",
    declaredOnly: true,
  },
  SERVER_CLOSES: { help: "Closes, by close code and reason.", unit: "closes" },
  SERVER_CONNECTION_DURATION: { help: "Time a connection stayed open.", unit: "seconds" },
  SERVER_CONNECTION_AGE: {
    help: "Ages of the connections that are open now.",
    unit: "seconds",
    declaredOnly: true,
  },
  SERVER_FRAMES_SENT: { help: "Frames sent to clients, by event.", unit: "frames" },
  SERVER_FRAMES_RECEIVED: { help: "Frames received from clients, by event.", unit: "frames" },
  SERVER_SEND_ERRORS: {
    help: "Messages that could not be sent, by reason.",
    unit: "messages",
    declaredOnly: true,
  },
  SERVER_MESSAGE_DELIVERY: {
    help: "Time from accepting a message to writing it to the socket.",
    unit: "seconds",
    declaredOnly: true,
  },
  SERVER_RECONNECT_ADVICE: {
    help: "Reconnect advice given to clients, by close code.",
    unit: "clients",
    declaredOnly: true,
  },
  SERVER_REHYDRATIONS: { help: "Rehydrations, by outcome.", unit: "rehydrations", declaredOnly: true },
  SERVER_REHYDRATION_DURATION: {
    help: "Time to rehydrate a connection.",
    unit: "seconds",
    declaredOnly: true,
  },
  SERVER_SEND_BUFFER: {
    help: "Bytes that wait in the send buffers of open connections.",
    unit: "bytes",
    declaredOnly: true,
  },
};
