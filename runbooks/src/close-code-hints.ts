import type { CloseCodeLabel } from "@sockscope/catalog";

/** What the policy table does not say of a close code. */
export interface CloseCodeHint {
  /** Who sends it, or reports it where nobody does. */
  readonly sentBy: string;
  /** What to look at first when there is more of it than usual. */
  readonly lookAt: string;
}

const BOTH_SIDES = "either side, or a proxy between them";

/** One each. */
export const CLOSE_CODE_HINTS: Readonly<Record<CloseCodeLabel, CloseCodeHint>> = {
  "1000": {
    sentBy: "whoever is done: most often the page",
    lookAt:
      "Nothing: it is how a connection should end. Many at once from the server: what closes them, and why not with 1012.",
  },
  "1001": {
    sentBy: "a browser whose page is left, or a server or proxy that goes down",
    lookAt:
      "`ended_by`: `peer` is a server or proxy that goes away; a page that is left is `left`, with the code `none`. A rollout that says 1001 can say 1012 instead, which tells clients when to come back.",
  },
  "1002": {
    sentBy: `the library of ${BOTH_SIDES}`,
    lookAt: "What changed in the library, or in a proxy that rewrites frames (compression above all).",
  },
  "1003": {
    sentBy: "the side that got a type of data that it cannot use",
    lookAt: "Releases: one side sends binary frames, or text, that the other does not know.",
  },
  "1004": {
    sentBy: "nobody who keeps to the protocol",
    lookAt: "Which library or middlebox sends a reserved code.",
  },
  "1005": {
    sentBy: "nobody: it is what an endpoint reports of a close frame without a code",
    lookAt: "Whoever closes without a code: `socket.close()` without arguments, or a proxy.",
  },
  "1006": {
    sentBy: "nobody: it is what an endpoint reports where no close frame came",
    lookAt:
      "`phase`: `never_opened` is a refused handshake or no way at all (look at refused handshakes, and at the balancer); `opened` is a cut (look at how long connections lived: one length is a proxy's timeout).",
  },
  "1007": {
    sentBy: "the library of the side that got a text that is none",
    lookAt: "Who encodes messages, and whether something cuts them in the middle of a character.",
  },
  "1008": {
    sentBy: "the chat server, or a gateway, to a peer that it does not want to hear",
    lookAt:
      "Which reason: a peer that sends too much, or a gateway's own rule. The client does not come back.",
  },
  "1009": {
    sentBy: "the side that got a message larger than it takes, or a proxy",
    lookAt: "The limits of server and proxies, and what grew.",
  },
  "1010": { sentBy: "a client other than a browser", lookAt: "Which client: browsers never send it." },
  "1011": {
    sentBy: "the chat server, when an exception ends a connection",
    lookAt: "Exceptions in the error tracker, what went out last, Redis, and the workers, in this order.",
  },
  "1012": {
    sentBy: "the chat server that drains before a restart",
    lookAt: "Nothing during a rollout. Without one: what restarts servers (probes, memory).",
  },
  "1013": {
    sentBy: "the chat server that is full, or whose peer does not read",
    lookAt: "The reason: `overload` is the server's own limit, `slow_consumer` a peer that does not read.",
  },
  "1014": {
    sentBy: "a gateway or proxy",
    lookAt: "The gateway's log: its upstream, the chat server, gave no valid answer.",
  },
  "1015": {
    sentBy: "nobody: it is what an endpoint reports of a TLS handshake that failed",
    lookAt: "Certificates: when they end, for which name, and what a proxy on the way puts in their place.",
  },
  "3000": {
    sentBy: "a server, framework or gateway that wants a login",
    lookAt: "The same as 4401: tokens, their renewal, and the store of sessions.",
  },
  "3003": {
    sentBy: "a server, framework or gateway",
    lookAt: "Rights of the user, and what changed in them.",
  },
  "3008": {
    sentBy: "the chat server, when its heartbeat has no answer",
    lookAt:
      "The network between: most often nobody is left to read it. Many at once: a server that does not get to its heartbeats.",
  },
  "3xxx": {
    sentBy: "a library or framework",
    lookAt: "Its documentation; declare the code in the configuration to count it by itself.",
  },
  "4401": {
    sentBy: "the chat server, to whoever has no token that is good",
    lookAt: "Token lifetime, their renewal, the store of sessions, the auth middleware, in this order.",
  },
  "4403": { sentBy: "the chat server", lookAt: "Rights of the user, and what changed in them." },
  "4xxx": {
    sentBy: "an application",
    lookAt:
      "Who sends it; declare the code in the configuration to count it by itself, and to say what a client does.",
  },
  unassigned: { sentBy: "nobody who keeps to the protocol", lookAt: "Which middlebox or bug sends it." },
};
