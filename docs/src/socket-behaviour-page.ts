import { type CloseCode, DEFAULT_CATALOG } from "@sockscope/catalog";
import {
  ADVICE_HOLDS_MS,
  AUTHENTICATION_FAILED,
  DOUBTFUL_MS,
  HEARTBEAT_DEFAULTS,
  JITTER,
  MAX_ADVICE_MS,
  MAX_SEEN,
  NEVER_OPENED_LIMIT,
  OVERLOAD_DELAY_MS,
  PROBE_INTERVAL_MS,
  REFRESH_AGAIN_MS,
  SOCKET_DEFAULTS,
} from "@sockscope/sdk/socket";
import { table } from "./table.ts";

const { baseDelayMs, maxDelayMs, maxAttempts, attemptTimeoutMs, stableUptimeMs, outboxLimit } =
  SOCKET_DEFAULTS;
const { intervalMs, timeoutMs } = HEARTBEAT_DEFAULTS;

function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}

/** From the shortest to the longest that jitter makes of a delay. */
function spread(ms: number): string {
  return `${seconds(ms * (1 - JITTER))} to ${seconds(ms * (1 + JITTER))}`;
}

/** The delays before an attempt, one row as long as they differ. */
function schedule(): string {
  const rows: string[][] = [];
  for (let delay = baseDelayMs; delay < maxDelayMs; delay *= 2)
    rows.push([String(rows.length + 1), spread(delay)]);
  rows.push([`${rows.length + 1} and later`, spread(maxDelayMs)]);
  return table(["delay in a row", "how long"], rows);
}

const STATES: readonly (readonly string[])[] = [
  ["`connecting`", "an attempt runs, its token included", "that it connects"],
  ["`open`", "there is a connection", "nothing to see"],
  [
    "`waiting`",
    "the next attempt comes by itself, at `retryAt`; with `isAdvised`, then because the server said so, and `attempt` stands still",
    "that it reconnects",
  ],
  ["`offline`", "without a network, or frozen: it comes back by itself", "that there is no network"],
  ["`gave_up`", "all attempts failed", "that the chat cannot be reached, and a button: `reconnect()`"],
  ["`rejected`", "the server does not want this user, or this client", "the state's `message`"],
  ["`closed`", "on purpose, by either side", "that the chat is over"],
];

const PATTERNS: readonly (readonly string[])[] = [
  [
    "The server restarts (1012), or its process dies (1006)",
    "`waiting`, then `connecting` by the schedule below",
    "“reconnecting” for a second or two; what was written meanwhile is sent when the connection is back",
  ],
  [
    "The server is overloaded (1013)",
    `as for a restart, and the first delay is ${seconds(OVERLOAD_DELAY_MS)} at the least, before jitter`,
    "“reconnecting”",
  ],
  [
    "The server says when to come back: `retry_after_ms` in the reason of a 1012 or 1013, or in an `advice` frame just before a close",
    `waits as long as advised, and up to ${JITTER * 100} % more; at the most ${seconds(MAX_ADVICE_MS)}, and never less than the backoff. Such attempts do not count, and looking at the page does not hurry them. A frame's advice holds for ${seconds(ADVICE_HOLDS_MS)}`,
    "“reconnecting”",
  ],
  [
    "The session expires (4401)",
    `stops; with \`refreshOnce\`, asks for a new token and makes one more attempt before that, at most once in ${seconds(REFRESH_AGAIN_MS)}`,
    `“${AUTHENTICATION_FAILED}”`,
  ],
  [
    "The handshake is refused (401, 403, 502): a browser only says 1006",
    `retries; after ${NEVER_OPENED_LIMIT} attempts in a row that never opened, the next token is asked for with \`isForced\`, once until a connection held`,
    "“reconnecting”",
  ],
  [
    "The server accepts and then closes, again and again",
    `the backoff goes on: it is set back only by a connection that lasted ${seconds(stableUptimeMs)} and on which the server said something`,
    `“reconnecting”, then “gave up” after ${maxAttempts} attempts`,
  ],
  [
    "The server, or a proxy, accepts and says nothing",
    `the attempt is given up after ${seconds(attemptTimeoutMs)}, and counts as one that failed`,
    "“reconnecting”",
  ],
  [
    "The connection is dead and nobody says so: a tunnel, a Wi-Fi that changed, a NAT that forgot",
    `a ping goes out every ${seconds(intervalMs)}; when nothing comes for ${seconds(timeoutMs)} after one, the connection is given up as cut, with 3008 for the server`,
    "“reconnecting”; a message that went into the dead connection is sent again, once",
  ],
  [
    "The network goes (`offline`)",
    `closes, and makes one attempt every ${seconds(PROBE_INTERVAL_MS)} only, since a browser may be wrong; it never gives up meanwhile. Where a connection opens all the same, the browser is not believed until it says something else`,
    "“offline”",
  ],
  ["The network is back (`online`)", "connects at once, and the backoff begins anew", "“connecting”"],
  [
    "The page is hidden",
    "keeps its connection; timers of a hidden page are late, and deadlines are checked when it is seen",
    "nothing",
  ],
  [
    "The page is seen again (`visible`)",
    "connects at once if it waited, or had given up; asks a silent connection whether it is alive, and replaces a dead one at once",
    "at most “connecting”",
  ],
  [
    "The page is frozen, or goes into the back/forward cache",
    "closes with 1000, so that the server knows at once; connects at once when the page is back",
    "“connecting” on return",
  ],
  [
    "The machine sleeps",
    "as a page that is seen again; a deadline that passed in sleep has passed, also where the browser's clock stood still",
    "“connecting” on return",
  ],
  [
    "The token cannot be fetched: the call rejects, throws or hangs",
    `costs one attempt; a call that hangs is given up after ${seconds(attemptTimeoutMs)}, and its late token is not used`,
    "“reconnecting”",
  ],
  [
    "The server ends the chat (1000), or the user leaves",
    "stops; nothing but `reconnect()` brings it back",
    "that the chat is over",
  ],
];

const MESSAGES: readonly (readonly string[])[] = [
  ["`send` answers `sent`", "it was handed to a connection that is ready"],
  [
    "`send` answers `queued`",
    `it waits, in order, for the next connection and its rehydration; up to ${outboxLimit} do`,
  ],
  [
    "`send` answers `dropped`",
    "the outbox is full, or the socket does not come back by itself; the text is still the application's",
  ],
  [
    "`dropped`, `unconfirmed`",
    "it was sent just before a connection died, and nobody knows whether it arrived: the server has it not after a second time, or the application closed before the server said",
  ],
  [
    "what waits when the socket gives up, is rejected, or is closed by the server",
    "goes out with the next connection, after `reconnect()`, or is told as `closed` when the application closes",
  ],
  ["`dropped`, `overflow`", 'with `outboxOverflow: "drop_oldest"`: it made room for a later one'],
  ["`dropped`, `closed`", "it waited, and the application closed the socket"],
  [
    "`dropped`, `duplicate`",
    `the server sent it twice: of the last ${MAX_SEEN} messages the socket knows \`in_reply_to\` with \`queued_message_id\`; a frame without the latter is no copy of another`,
  ],
];

function closeCodeRow({ label, name, policy }: CloseCode): string[] {
  const { action, userSees, firstDelay, tokenRefresh } = policy;
  const details = [
    firstDelay && "a longer first delay",
    tokenRefresh === "opt-in" && "with `refreshOnce`: one more attempt with a new token",
  ].filter(Boolean);
  const stop = userSees === "nothing" ? "`closed`" : "`rejected`";
  return [label, name, action === "retry" ? "`waiting`" : stop, details.join("; "), userSees];
}

/** docs/SOCKET_BEHAVIOUR.md: what a chat socket does, and what its user sees. */
export function socketBehaviourPage(): string {
  return [
    "<!-- Generated by `npm run generate`. Change the source, not this file. -->",
    "# How the chat socket behaves",
    "What `chatSocket` of `@sockscope/sdk/socket`, and `useChatSocket` over it, do when something goes wrong, and what there is to show the user. Times are the defaults; options change them.",
    "## States",
    "`socket.state` is one of these, and the event `state` tells of each change.",
    table(["state", "what there is", "what to show"], STATES),
    "## What happens when",
    table(["what happens", "what the socket does", "what the user sees"], PATTERNS),
    "## The schedule",
    `Each delay has ${JITTER * 100} % jitter either way, drawn anew and applied after the cap, so that clients that wait longest are spread, too. After ${maxAttempts} attempts in a row it gives up.`,
    schedule(),
    "## Close codes",
    "What follows a close of an open connection. Private codes of an application's own are decided by `closeCodes`.",
    table(["code", "name", "state", "besides", "user sees"], DEFAULT_CATALOG.closeCodes.map(closeCodeRow)),
    "## Messages",
    table(["what it says", "what it means"], MESSAGES),
    `A message is sent again where it was sent within ${seconds(DOUBTFUL_MS)} of the end of its connection, and neither an answer to it nor the answer to a later ping came. A frame without \`meta.message_id\` is never sent twice, and neither is any where the server has no rehydration (\`rehydration: false\`). Frames in a socket's buffer that a browser has not written yet count as sent.`,
    "## What it does not do",
    "It never has two live sockets, never uses a token that was fetched for another attempt, never reconnects since a component rendered again, and never revives what was closed on purpose or rejected. It does not compress, multiplex, or fall back to another transport, and it does not order messages of the server.",
  ]
    .join("\n\n")
    .concat("\n");
}
