import type { LabelsOf } from "../metric.ts";
import type * as server from "../metrics/server.ts";
import type { MetricAbout } from "./metric-about.ts";

/** What there is to know of each server metric. A metric without an entry does not compile. */
export const SERVER_ABOUT: {
  readonly [Symbol in keyof typeof server]: MetricAbout<LabelsOf<(typeof server)[Symbol]>>;
} = {
  SERVER_CONNECTIONS_ACTIVE: {
    help: "Connections that are open, by route.",
    unit: "connections",
    readAs:
      "Sum over pods first, then average over time. Where every pod is gone it is 0, which only a recording rule can say.",
    doNot: "average it per pod over time: a pod that was replaced within the window counts twice.",
  },
  SERVER_CONNECTIONS_OPENED: {
    help: "Upgrades accepted, by route and by how the user was authenticated; also those that are then closed for authentication.",
    unit: "connections",
    readAs: "What the server let in: the denominator of coverage and of refused handshakes.",
    doNot: "read it as users who are connected: an accept-then-close server has many.",
  },
  SERVER_HANDSHAKES_REJECTED: {
    help: "Upgrades answered with an HTTP error, by status, and by whether the request carried credentials.",
    unit: "handshakes",
    readAs: 'Users who are turned away: `credentials="present"`. The browser shows them as 1006 before open.',
    doNot: 'alert on `credentials="absent"`: scanners get 403 every night.',
  },
  SERVER_CLOSES: {
    help: "Connections that closed, by close code and by the server's own reason, never by the text of a peer's close frame.",
    unit: "closes",
    readAs:
      "`lost`, `heartbeat_timeout`, `internal_error`, `overload`, `slow_consumer` and `other` are cuts; `peer` is a user who leaves, `protocol_error` a client that breaks the protocol.",
    doNot: "read `peer` with 1001 as a fault, nor `heartbeat_timeout` as an internal error.",
  },
  SERVER_CONNECTION_DURATION: {
    help: "Time from accept to close, of connections that closed.",
    unit: "seconds",
    readAs: "The share at a bucket's bound: how many visits lasted 30 min, 2 h.",
    doNot:
      "read its quantiles as stability: they measure visits. Do not add ages of open connections, nor compare its count with closes: connections of a worker that was killed are closes without a duration.",
  },
  SERVER_CONNECTION_AGE: {
    help: "Ages of the connections that are open at the scrape. Not a counter: rate() of its buckets is meaningless.",
    unit: "seconds",
    readAs:
      "The share at a bucket's bound of what exists now. OpenMetrics has it as a gauge histogram, the text format 0.0.4 as untyped.",
    doNot: "take a rate of it, and never add it to closed durations.",
  },
  SERVER_FRAMES_SENT: {
    help: "Frames handed to a socket, by event.",
    unit: "frames",
    readAs: "What the server said, once per recipient.",
    doNot: "read it as received: between here and the page are buffers, proxies and a network.",
  },
  SERVER_FRAMES_RECEIVED: {
    help: "Frames received from clients, by event.",
    unit: "frames",
    readAs: "What arrived of what users said.",
    doNot: "compare it with browsers' counts in absolute numbers: pages without the SDK send, too.",
  },
  SERVER_FRAMES_REFUSED: {
    help: "Frames that the chat answered with an error, by reason.",
    unit: "frames",
    readAs: "`invalid` after a deploy: one side speaks another version of the contract.",
    doNot: "read it as users: one client that loops is many frames.",
  },
  SERVER_SEND_ERRORS: {
    help: "Messages that could not be handed to their socket, by reason.",
    unit: "messages",
    readAs: 'A share of the frames sent, with `reason!="closed"`.',
    doNot: "count `closed`: it is the race with a user who leaves.",
  },
  SERVER_MESSAGE_DELIVERY: {
    help: "Time from accepting a message to writing it to its recipient's socket.",
    unit: "seconds",
    readAs:
      "The server's own part of a message's latency. Between processes of several machines it is a difference of their clocks; where that is negative, nothing is recorded.",
    doNot: "read it as arrival at the user.",
  },
  SERVER_RECONNECT_ADVICE: {
    help: "Reconnect advice given to clients, by close code.",
    unit: "clients",
    readAs: "How many clients a drain or an overload sent away with a time to return.",
    doNot: "read it as reconnects: a client may not listen.",
  },
  SERVER_REHYDRATIONS: {
    help: "Rehydrations, the first of each connection, by outcome.",
    unit: "rehydrations",
    readAs: "`forbidden` is the 403 that a reconnect must never meet.",
    doNot: "read it as connections: a client may never say hello.",
  },
  SERVER_REHYDRATION_DURATION: {
    help: "Time from the first hello of a connection to the sending of its rehydration.",
    unit: "seconds",
    readAs: "What a user waits for after the connection is back.",
    doNot: "read it as time to connect.",
  },
  SERVER_SEND_BUFFER: {
    help: "Bytes that wait in the send buffers of open connections, by route.",
    unit: "bytes",
    readAs: "A rise that does not end: peers that do not read.",
    doNot: "read it per connection: one peer may hold all of it.",
  },
};
