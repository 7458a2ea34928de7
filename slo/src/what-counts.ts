import {
  type Catalog,
  type CLOSES,
  type CloseReason,
  type CONNECT_ATTEMPTS,
  CONNECT_OUTCOME,
  CONNECTION_STATE,
  type ConnectOutcome,
  type ConnectTrigger,
  type EndedBy,
  type FRAMES_RECEIVED,
  type FRAMES_SENT,
  type LabelsOf,
  type PAGE_RELOADS,
  RELOADED_SOCKET,
  type SERVER_CLOSES,
  type SERVER_HANDSHAKES_REJECTED,
  type SERVER_REHYDRATIONS,
  type TIME,
} from "@sockscope/catalog";
import { type Matchers, not } from "@sockscope/promql";
import { ownCutReasons, unplannedRetryCodes } from "./close-code-lists.ts";

/*
 * Which events an SLI, a recording rule or an alert counts. Each is decided here, once, so that they all speak of the same.
 */

type Where<M> = Matchers<LabelsOf<M>>;

/** Ends that the application or its user chose: the page's own `close()` is 1005 or 1006 like a fault's. */
const CHOSEN: readonly EndedBy[] = ["page", "left"];

/** Open connections of browsers that something cut: all but those that the page or the user ended, or the peer normally. */
export const CUT_CLOSES: Where<typeof CLOSES> = {
  phase: "opened",
  ended_by: not(CHOSEN),
  code: not("1000"),
};

/** Of {@link CUT_CLOSES}, those after which browsers reconnect and that nobody had planned. */
export function retryableClosesIn(catalog: Catalog): Where<typeof CLOSES> {
  return { phase: "opened", ended_by: not(CHOSEN), code: unplannedRetryCodes(catalog) };
}

/**
 * Cuts as the server knows them. A user who leaves (`peer`) is none, nor is a drain (`restart`) or a connection that is
 * refused for what the client did. A heartbeat that nobody answers is a network that is gone, and a slow consumer is cut
 * in the middle of its conversation.
 */
const CUT_REASONS: readonly CloseReason[] = [
  "internal_error",
  "overload",
  "heartbeat_timeout",
  "slow_consumer",
  "lost",
  "other",
];

/** The same in a deployment, whose server may cut for reasons of its own. */
export function serverCutsIn(catalog: Catalog): Where<typeof SERVER_CLOSES> {
  // A deployment's own reason is a value of the label like any other.
  return { reason: [...CUT_REASONS, ...(ownCutReasons(catalog) as CloseReason[])] };
}

/** First attempts: the retries of one user must not multiply. */
const FIRST: readonly ConnectTrigger[] = ["initial", "unspecified"];

/** What the page itself gave up says nothing about the service and is on neither side. */
const GIVEN_UP: ConnectOutcome = "aborted";

/**
 * First attempts that were decided. A user who is `rejected` or `dropped` in the first seconds has no more of a chat than
 * one whose attempt `failed` or `timed_out`, so success is `opened` alone, of all but `aborted`.
 */
export const DECIDED_FIRST_ATTEMPTS: Where<typeof CONNECT_ATTEMPTS> = {
  trigger: FIRST,
  outcome: not(GIVEN_UP),
};

/** Of {@link DECIDED_FIRST_ATTEMPTS}, those that left a user with a connection. */
export const OPENED_FIRST_ATTEMPTS: Where<typeof CONNECT_ATTEMPTS> = { trigger: FIRST, outcome: "opened" };

/** Of {@link DECIDED_FIRST_ATTEMPTS}, those that left a user without a connection. */
export const UNSUCCESSFUL_FIRST_ATTEMPTS: Where<typeof CONNECT_ATTEMPTS> = {
  trigger: FIRST,
  outcome: CONNECT_OUTCOME.filter((outcome) => outcome !== "opened" && outcome !== GIVEN_UP),
};

/** Attempts that a server accepted, whatever became of the connection just after. */
export const ACCEPTED_ATTEMPTS: Where<typeof CONNECT_ATTEMPTS> = {
  outcome: ["opened", "rejected", "dropped"],
};

/** Time in which a page wanted a connection and the user had a network. */
export const WANTED_TIME: Where<typeof TIME> = {
  state: CONNECTION_STATE.filter((state) => state !== "offline"),
};

/** Of {@link WANTED_TIME}, that without a connection. */
export const TIME_WITHOUT: Where<typeof TIME> = {
  state: CONNECTION_STATE.filter((state) => state !== "offline" && state !== "connected"),
};

/** Reloads over a socket that gave reason to; after `rejected` the page itself asks for one. */
export const UNHEALTHY_RELOADS: Where<typeof PAGE_RELOADS> = {
  socket: RELOADED_SOCKET.filter((socket) => socket !== "healthy" && socket !== "rejected"),
};

/** Requests that carried a session and got 403; scanners carry none. */
export const FORBIDDEN_HANDSHAKES: Where<typeof SERVER_HANDSHAKES_REJECTED> = {
  status: "403",
  credentials: "present",
};

/** The 403 of the frame that took over from an HTTP call. */
export const FORBIDDEN_REHYDRATIONS: Where<typeof SERVER_REHYDRATIONS> = { outcome: "forbidden" };

/** What users write. */
export const USER_MESSAGES: Where<typeof FRAMES_SENT> = { event: "user_message" };

/** What users wait for; sent by the server, received by browsers. */
export const ASSISTANT_MESSAGES: Where<typeof FRAMES_RECEIVED> = { event: "assistant_message" };
