import {
  type LabelSet,
  type Metric,
  SERVER_CLOSES,
  SERVER_CONNECTION_AGE,
  SERVER_CONNECTION_DURATION,
  SERVER_CONNECTIONS_ACTIVE,
  SERVER_CONNECTIONS_OPENED,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_REFUSED,
  SERVER_FRAMES_SENT,
  SERVER_HANDSHAKES_REJECTED,
  SERVER_MESSAGE_DELIVERY,
  SERVER_RECONNECT_ADVICE,
  SERVER_REHYDRATION_DURATION,
  SERVER_REHYDRATIONS,
} from "@sockscope/catalog";
import { CONFORMANCE, UNLISTED_ROUTE } from "./server-under-test.ts";
import type { Session } from "./session-token.ts";

/** What a peer does, or what it waits for. */
export type Action =
  | {
      readonly do: "connect";
      readonly peer: string;
      readonly as: Session;
      readonly path?: string;
      readonly answersPings?: false;
    }
  | {
      readonly do: "are refused";
      readonly as: Session;
      readonly path?: string;
      readonly origin?: string;
      readonly status: number;
    }
  | {
      readonly do: "say";
      readonly peer: string;
      readonly frames: readonly (object | string | Uint8Array)[];
      /** Closes in the same breath. */
      readonly andCloseWith?: number;
    }
  | { readonly do: "hear"; readonly peer: string; readonly event: string }
  | { readonly do: "close"; readonly peer: string; readonly code?: number }
  | { readonly do: "vanish"; readonly peer: string }
  | { readonly do: "break the protocol"; readonly peer: string }
  /** From now on it answers the server's close with a close of its own, as if that had been on its way already. */
  | { readonly do: "cross the close"; readonly peer: string; readonly code: number }
  /** Whatever the peer sees of it. */
  | { readonly do: "end"; readonly peer: string }
  | {
      readonly do: "are closed";
      readonly peer: string;
      readonly code: number;
      readonly text?: string;
    };

/** A series, and by how much it moves. Of a histogram it is the count. */
export type Move = readonly [metric: Metric, labels: LabelSet, by: number];

/** What happens, and everything that moves by it: what is not named stays where it was. */
export interface Step {
  readonly title: string;
  readonly actions: readonly Action[];
  readonly moves: readonly Move[];
}

/** Threads are the user's who said hello to them first. */
const THREAD = "11111111-1111-4111-8111-111111111111";
const SHARED_THREAD = "22222222-2222-4222-8222-222222222222";
const RETRY_AFTER_MS = 4213;
const FOREIGN_ORIGIN = "http://elsewhere.example";

const hello = (thread_id = THREAD) => ({ type: "client_hello", thread_id });
const userMessage = (thread_id = THREAD) => ({
  type: "chat_message",
  event: "user_message",
  thread_id,
  payload: { text: "Is anybody there?" },
  meta: { message_id: "message-1" },
});

const connect = (peer: string, as: Session = "alice"): Action => ({ do: "connect", peer, as });
const say = (peer: string, ...frames: (object | string | Uint8Array)[]): Action => ({
  do: "say",
  peer,
  frames,
});
const hear = (peer: string, event: string): Action => ({ do: "hear", peer, event });
const leave = (peer: string): Action => ({ do: "close", peer, code: 1000 });

const opened = (auth_method = "cookie", route: string = CONFORMANCE.route): Move => [
  SERVER_CONNECTIONS_OPENED,
  { route, auth_method },
  1,
];
const nowOpen = (by: number): Move[] => [
  [SERVER_CONNECTIONS_ACTIVE, { route: CONFORMANCE.route }, by],
  [SERVER_CONNECTION_AGE, {}, by],
];
const closed = (code: string, reason: string, by = 1): Move[] => [
  [SERVER_CLOSES, { code, reason }, by],
  [SERVER_CONNECTION_DURATION, {}, by],
];
const received = (event: string, by = 1): Move => [SERVER_FRAMES_RECEIVED, { event }, by];
const sent = (event: string, by = 1): Move => [SERVER_FRAMES_SENT, { event }, by];
const refused = (reason: string): Move => [SERVER_FRAMES_REFUSED, { reason }, 1];
const rejected = (status: string, credentials: string): Move => [
  SERVER_HANDSHAKES_REJECTED,
  { status, credentials },
  1,
];
const rehydrated: readonly Move[] = [
  received("client_hello"),
  sent("rehydration"),
  [SERVER_REHYDRATIONS, { outcome: "sent" }, 1],
  [SERVER_REHYDRATION_DURATION, {}, 1],
];

/** A visit of one peer that ends as it likes. */
function visit(title: string, ending: Action, [code, reason]: readonly [string, string]): Step {
  return { title, actions: [connect("a peer"), ending], moves: [opened(), ...closed(code, reason)] };
}

/** A peer that is let in and sent away for its session. */
function turnedAway(title: string, as: Session, reason: string): Step {
  return {
    title,
    actions: [connect("a stranger", as), { do: "are closed", peer: "a stranger", code: 4401, text: reason }],
    moves: [opened("none"), ...closed("4401", reason)],
  };
}

/** A command that makes the server close. */
function commanded(
  title: string,
  command: object,
  wire: { code: number; text?: string },
  moves: Move[],
): Step {
  return {
    title,
    actions: [connect("a peer"), say("a peer", command), { do: "are closed", peer: "a peer", ...wire }],
    moves: [opened(), received("other"), ...moves],
  };
}

function chosen(reason: string, code: number): Step {
  const command = { type: "test_close", reason };
  return commanded(`closes for ${reason}`, command, { code, text: reason }, closed(String(code), reason));
}

function advised(reason: string, code: number): Step {
  const command = { type: "test_close", reason, retry_after_ms: RETRY_AFTER_MS };
  const text = `${reason} retry_after_ms=${RETRY_AFTER_MS}`;
  return commanded(`closes for ${reason}, and says when to come back`, command, { code, text }, [
    ...closed(String(code), reason),
    [SERVER_RECONNECT_ADVICE, { code: String(code) }, 1],
  ]);
}

function raw(code: number, label: string, reason: string): Step {
  const title = `counts a close with ${code} and no reason as ${reason}`;
  return commanded(title, { type: "test_raw_close", code }, { code }, closed(label, reason));
}

function refusedHandshake(as: Session, credentials: "present" | "absent"): Step {
  return {
    title: `refuses a handshake from a foreign origin with ${as}`,
    actions: [{ do: "are refused", as, origin: FOREIGN_ORIGIN, status: 403 }],
    moves: [rejected("403", credentials)],
  };
}

/** Everything that is done to a server, in this order. */
export const STEPS: readonly Step[] = [
  {
    title: "counts a connection while it is open",
    actions: [connect("alice")],
    moves: [opened(), ...nowOpen(1)],
  },
  {
    title: "counts a peer that closes with 1000",
    actions: [leave("alice")],
    moves: [...nowOpen(-1), ...closed("1000", "peer")],
  },
  visit("counts a peer that goes away", { do: "close", peer: "a peer", code: 1001 }, ["1001", "peer"]),
  visit("counts a peer that closes without a code", { do: "close", peer: "a peer" }, ["1005", "peer"]),
  visit("counts a private code of a peer by its range", { do: "close", peer: "a peer", code: 4999 }, [
    "4xxx",
    "peer",
  ]),
  visit("counts a peer that vanishes", { do: "vanish", peer: "a peer" }, ["1006", "lost"]),
  visit("counts a peer that breaks the protocol", { do: "break the protocol", peer: "a peer" }, [
    "1002",
    "protocol_error",
  ]),
  turnedAway("closes a connection without a session", "nothing", "authentication_required"),
  turnedAway("closes a connection with an expired session", "expired", "authentication_expired"),
  turnedAway("closes a connection with a forged session", "forged", "authentication_required"),
  turnedAway("closes a connection with an unsigned session", "unsigned", "authentication_required"),
  {
    title: "counts a route that is not configured as other",
    actions: [{ do: "connect", peer: "alice", as: "alice", path: UNLISTED_ROUTE }, leave("alice")],
    moves: [opened("cookie", "other"), ...closed("1000", "peer")],
  },
  {
    title: "rehydrates who says hello, and counts it once a connection",
    actions: [
      connect("alice"),
      say("alice", hello()),
      hear("alice", "rehydration"),
      say("alice", hello()),
      hear("alice", "rehydration"),
      leave("alice"),
    ],
    moves: [
      opened(),
      ...rehydrated,
      received("client_hello"),
      sent("rehydration"),
      ...closed("1000", "peer"),
    ],
  },
  {
    title: "rehydrates nobody with the thread of somebody else",
    actions: [
      connect("bob", "bob"),
      say("bob", hello()),
      { do: "are closed", peer: "bob", code: 4403, text: "forbidden" },
    ],
    moves: [
      opened(),
      received("client_hello"),
      [SERVER_REHYDRATIONS, { outcome: "forbidden" }, 1],
      ...closed("4403", "forbidden"),
    ],
  },
  {
    title: "answers a user's message",
    actions: [
      connect("alice"),
      say("alice", hello(), userMessage()),
      hear("alice", "assistant_message"),
      leave("alice"),
    ],
    moves: [
      opened(),
      ...rehydrated,
      received("user_message"),
      sent("assistant_message"),
      [SERVER_MESSAGE_DELIVERY, {}, 1],
      ...closed("1000", "peer"),
    ],
  },
  {
    title: "delivers an answer to everybody in the thread",
    actions: [
      connect("one tab"),
      connect("another tab"),
      say("one tab", hello(SHARED_THREAD)),
      hear("one tab", "rehydration"),
      say("another tab", hello(SHARED_THREAD)),
      hear("another tab", "rehydration"),
      say("one tab", userMessage(SHARED_THREAD)),
      hear("one tab", "assistant_message"),
      hear("another tab", "assistant_message"),
      leave("one tab"),
      leave("another tab"),
    ],
    moves: [
      opened(),
      opened(),
      ...rehydrated,
      ...rehydrated,
      received("user_message"),
      sent("assistant_message", 2),
      [SERVER_MESSAGE_DELIVERY, {}, 2],
      ...closed("1000", "peer", 2),
    ],
  },
  {
    title: "answers a ping",
    actions: [connect("alice"), say("alice", { type: "ping", id: 1 }), hear("alice", "pong"), leave("alice")],
    moves: [opened(), received("ping"), sent("pong"), ...closed("1000", "peer")],
  },
  {
    title: "refuses a frame that is no JSON",
    actions: [connect("alice"), say("alice", "{"), hear("alice", "error"), leave("alice")],
    moves: [opened(), received("other"), refused("invalid"), sent("error"), ...closed("1000", "peer")],
  },
  {
    title: "refuses a frame that nobody knows",
    actions: [connect("alice"), say("alice", { type: "unheard_of" }), hear("alice", "error"), leave("alice")],
    moves: [opened(), received("other"), refused("invalid"), sent("error"), ...closed("1000", "peer")],
  },
  {
    title: "refuses a message of who has not said hello",
    actions: [connect("alice"), say("alice", userMessage()), hear("alice", "error"), leave("alice")],
    moves: [
      opened(),
      received("user_message"),
      refused("forbidden"),
      sent("error"),
      ...closed("1000", "peer"),
    ],
  },
  {
    title: "closes for a binary frame",
    actions: [
      connect("alice"),
      say("alice", Uint8Array.of(1, 2, 3)),
      { do: "are closed", peer: "alice", code: 1003, text: "unsupported_data" },
    ],
    moves: [opened(), received("other"), ...closed("1003", "unsupported_data")],
  },
  {
    title: "closes for a frame that is too big",
    actions: [
      connect("alice"),
      say("alice", "x".repeat(CONFORMANCE.mostFrameBytes + 1)),
      { do: "are closed", peer: "alice", code: 1009 },
    ],
    moves: [opened(), ...closed("1009", "protocol_error")],
  },
  commanded(
    "closes for an exception of the application",
    { type: "test_throw" },
    { code: 1011, text: "internal_error" },
    closed("1011", "internal_error"),
  ),
  chosen("normal", 1000),
  chosen("rate_limited", 1008),
  chosen("slow_consumer", 1013),
  advised("restart", 1012),
  advised("overload", 1013),
  raw(4401, "4401", "authentication_required"),
  raw(1000, "1000", "normal"),
  raw(1001, "1001", "going_away"),
  raw(1011, "1011", "internal_error"),
  raw(1012, "1012", "restart"),
  raw(1013, "1013", "overload"),
  raw(4998, "4xxx", "other"),
  {
    title: "counts the peer's close when both close at once",
    actions: [
      connect("alice"),
      { do: "say", peer: "alice", frames: [{ type: "test_close", reason: "restart" }], andCloseWith: 1000 },
    ],
    moves: [opened(), received("other"), ...closed("1000", "peer")],
  },
  {
    title: "counts the peer's close that crosses its own",
    actions: [
      connect("alice"),
      { do: "cross the close", peer: "alice", code: 1000 },
      say("alice", { type: "test_close", reason: "restart" }),
      { do: "end", peer: "alice" },
    ],
    moves: [opened(), received("other"), ...closed("1000", "peer")],
  },
  refusedHandshake("alice", "present"),
  refusedHandshake("token in the query", "present"),
  refusedHandshake("nothing", "absent"),
  {
    title: "refuses a handshake where there is no socket",
    actions: [{ do: "are refused", as: "alice", path: "/nowhere", status: 404 }],
    moves: [rejected("404", "present")],
  },
  {
    title: "ends a connection whose peer does not answer pings",
    actions: [
      { do: "connect", peer: "a sleeper", as: "alice", answersPings: false },
      { do: "end", peer: "a sleeper" },
    ],
    moves: [opened(), ...closed("3008", "heartbeat_timeout")],
  },
];
