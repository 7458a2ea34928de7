import {
  CHAT_ERROR_MEANINGS,
  CLIENT_FRAME_SCHEMAS,
  closePolicy,
  DUPLICATES_DROPPED,
  type FrameSchema,
  MAX_CLIENT_FRAME_BYTES,
  MESSAGE_LATENCY,
  REPLY_LATENCY,
  SERVER_CLOSE_CODES,
  SERVER_FRAME_SCHEMAS,
} from "@sockscope/catalog";
import { clientDoes } from "@sockscope/runbooks";
import {
  ADVICE_HOLDS_MS,
  HEARTBEAT_DEFAULTS,
  MAX_ADVICE_MS,
  MAX_SEEN,
  SOCKET_DEFAULTS,
} from "@sockscope/sdk/socket";
import { table } from "../table.ts";
import { frameSection } from "./frame-section.ts";

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}

function sections(schemas: Readonly<Record<string, FrameSchema>>): string[] {
  return Object.entries(schemas).map(([event, schema]) => frameSection(event, schema));
}

const INTRODUCTION = [
  "What a page and a chat server say to each other: for whoever writes the server's half. The page's half is the chat socket, which [SOCKET_BEHAVIOUR.md](SOCKET_BEHAVIOUR.md) describes. For programs the same frames are in [frames.schema.json](frames.schema.json) (JSON Schema) and [asyncapi.yaml](asyncapi.yaml) (AsyncAPI).",
  "Both sides keep to this page; where a frame is optional, it says what follows from leaving it out.",
];

const CONVERSATION = `\`\`\`mermaid
sequenceDiagram
  participant C as client
  participant S as server
  C->>S: handshake, with the session's cookie
  C->>S: client_hello
  S->>C: rehydration
  C->>S: ping
  S->>C: pong
  C->>S: user_message
  S->>C: typing (true)
  S->>C: assistant_delta, any number of them
  S->>C: assistant_message
  S->>C: typing (false)
  S->>C: advice, where it closes soon
  S->>C: close, with a code and a reason
\`\`\``;

const CONNECTING = [
  "1. The client opens one WebSocket. Its handshake carries the cookies of the server's site, and an `Origin`, which the server compares with those of its own pages, refusing any other with 403: a WebSocket is not bound by the same-origin policy, and a cookie comes along from everywhere.",
  "2. **The server authenticates by the cookie first**: an `HttpOnly` cookie that no script can read. A token in the URL is for development only, because URLs end up in logs.",
  "3. Who is not authenticated gets a handshake that succeeds, and is then closed with 4401 before any other frame. A handshake that is refused with a status reaches the page as 1006, like a network that is gone, and would be tried again and again. An open connection is closed with 4401 when its session expires.",
  `4. The client's first frame is \`client_hello\`, and the server's answer to it is \`rehydration\`, which it may send again when the client may have missed something on a connection that lasted. What the user wrote meanwhile waits for that, for ${seconds(SOCKET_DEFAULTS.stableUptimeMs)} at the most.`,
  "5. From then on either side sends what it has. The server answers nothing of a thread to a connection that has not said hello with it.",
].join("\n");

const IN_GENERAL = [
  "- A frame is one JSON object in one text message, in UTF-8. A binary message is closed with 1003.",
  "- **It opens with `type` and, where it has one, `event`**, in this order, and `meta` stands behind `payload`. Both sides count frames by their first bytes; one that opens otherwise counts as `other`.",
  "- **Fields that a receiver does not know are ignored**, at any depth, so either side can have new ones first. What a server stores or passes on has the fields of this page and no others.",
  "- A frame that a client does not know is ignored. One that a server does not know, or cannot take, is answered with an `error` that says which field is wrong; the connection goes on.",
  "- “Required” is meant within the object in which the field stands. Times are in milliseconds.",
  "- An application's own frames have types of their own, and are declared in the [configuration](CONFIGURATION.md).",
].join("\n");

const RULES = [
  "### Messages that come twice",
  `A client that lost its connection sends again what the \`rehydration\` does not list, with the same \`message_id\`; the server answers it once. A server may send an \`assistant_message\` again, with the same \`in_reply_to\` and \`queued_message_id\`: these two are the key by which a client drops a second copy, which it remembers of the last ${MAX_SEEN} messages (\`${DUPLICATES_DROPPED.name}\`). A frame without \`queued_message_id\` is no copy of another. Several answers to one message have one each.`,
  "### Streaming",
  `An answer may be streamed as \`assistant_delta\`: pieces with an \`index\` from 0 on, in order. The whole \`assistant_message\` follows in any case and replaces them, so a client may show the pieces or ignore them, and one that missed a piece waits for the whole. The chat socket hands every piece on; putting them together is the application's. A server that does not stream leaves them out. The time that a user waits (\`${REPLY_LATENCY.name}\`) ends with the first piece; the way of a message (\`${MESSAGE_LATENCY.name}\`) is measured of the whole one.`,
  "### Answers that are still to come",
  "A `rehydration` lists as `pending_replies` what is thought about or streamed at that moment, each with the text so far. The pieces go on from `next_index`. A client drops a piece whose `index` it has already; where there is a gap, it waits for the whole. What was answered while the client was away is among `recent_turns`.",
  "### Ping, pong and the clock",
  `A client pings every ${seconds(HEARTBEAT_DEFAULTS.intervalMs)}. When nothing at all comes within ${seconds(HEARTBEAT_DEFAULTS.timeoutMs)}, it gives the connection up and connects again, so the server answers at once, ahead of anything that takes long. \`server_time\` is read when the answer is written, from the same clock as every \`sent_at\`: the client learns from it how far its own clock is off.`,
  "### Coming back",
  `A server that is about to close may say when to come back: as \`advice\`, which holds for ${seconds(ADVICE_HOLDS_MS)}, or as \`retry_after_ms=4200\` in the reason of a 1012 or 1013, behind the word, such as \`restart; retry_after_ms=4200\`. A close reason has room for 123 bytes. The client waits at least that long, but no longer than ${seconds(MAX_ADVICE_MS)} before its jitter.`,
];

function limits(): string {
  return table(
    ["what", "limit", "beyond it"],
    [
      [
        "a client's frame",
        `${MAX_CLIENT_FRAME_BYTES.toLocaleString("en")} bytes in UTF-8, which holds the longest message however JSON spells it`,
        "close 1009",
      ],
      [
        "the text of a user's message",
        `${CLIENT_FRAME_SCHEMAS.user_message.properties["payload"]?.properties?.["text"]?.maxLength} characters (Unicode code points)`,
        "`error`, `message_too_long`",
      ],
      ["messages that wait for their answer", "the server's to choose", "`error`, `too_many_messages`"],
      ["what the client does not read", "the server's to choose", "close 1013, `slow_consumer`"],
    ],
  );
}

function errorCodes(): string {
  const rows = Object.entries(CHAT_ERROR_MEANINGS).map(([code, meaning]) => [`\`${code}\``, meaning]);
  return table(["code", "meaning"], rows);
}

function closeReasons(): string {
  const rows = Object.entries(SERVER_CLOSE_CODES).map(([reason, code]) => {
    const policy = closePolicy(code);
    return [`\`${reason}\``, String(code), clientDoes(policy), policy.userSees];
  });
  return table(["reason", "code", "client does", "user sees"], rows);
}

/** docs/API_CONTRACTS.md: what a backend engineer needs who implements the server's half of the chat. */
export function contractPage(): string {
  return [
    "<!-- Generated by `npm run generate`. Change the source, not this file. -->",
    "# The contract of the chat's frames",
    ...INTRODUCTION,
    "## A conversation",
    CONVERSATION,
    CONNECTING,
    "## Frames in general",
    IN_GENERAL,
    "## From the client to the server",
    ...sections(CLIENT_FRAME_SCHEMAS),
    "## From the server to the client",
    ...sections(SERVER_FRAME_SCHEMAS),
    "## Rules",
    ...RULES,
    "## Limits",
    limits(),
    "## Error codes",
    "The `payload.code` of an `error`. It is optional; a client treats one that it does not know like none.",
    errorCodes(),
    "## Closing",
    "The server chooses a reason, and the code follows from it; the reason is the first word of the close frame's. What a client does after every other code is in [CLOSE_CODES.md](CLOSE_CODES.md). Reasons and private codes of an application's own are declared in the [configuration](CONFIGURATION.md).",
    closeReasons(),
  ]
    .join("\n\n")
    .concat("\n");
}
