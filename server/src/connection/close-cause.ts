import { type Catalog, NO_CLOSE_FRAME, NO_STATUS, SERVER_CLOSE_CODES } from "@sockscope/catalog";
import { UnknownCloseReasonError } from "../errors/unknown-close-reason-error.ts";

/** Why a connection ended, as the server knows it. */
export interface CloseCause {
  /** As it was, or would have been, in the close frame. */
  readonly code: number;
  readonly reason: string;
  /** The code that was sent, where that is another: a peer's echo names it. */
  readonly sentCode?: number;
}

/** No close frame came: the network, a crash, or a peer that was gone before anybody looked. */
export const LOST: CloseCause = { code: NO_CLOSE_FRAME, reason: "lost" };

/** A peer that gave no sign of life: what ended it, a close frame or none, says nothing more. */
const HEARTBEAT_TIMEOUT: CloseCause = {
  code: SERVER_CLOSE_CODES.heartbeat_timeout,
  reason: "heartbeat_timeout",
};

/** Codes and words with which servers and frameworks close when pings stay unanswered. */
const KEEPALIVE_CODES: readonly number[] = [1002, 1008, 1011];
/** See {@link https://websockets.readthedocs.io/en/stable/topics/keepalive.html | websockets for Python}: `keepalive ping timeout`. */
const KEEPALIVE_TEXT = /^(keep-?alive|heartbeat|ping|pong)( ping)? time(d )?-?out\b/i;

/** Codes that say what the peer did wrong, whoever sends them. */
const SAID_OF_PEERS: readonly number[] = [1002, 1007, 1009, 1010];

/** A reason that stands before what else a close frame says: `restart retry_after_ms=4213`. */
const FIRST_WORD = /^\w+/;

/**
 * Closes that exist on every server with users: peers that stop, leave, say nothing or vanish.
 * The server's own reasons come from the catalog.
 */
export function usualCloseCauses({ closeReasons }: Catalog): readonly CloseCause[] {
  return [
    ...Object.entries(closeReasons).map(([reason, code]) => ({ code, reason })),
    { code: 1000, reason: "peer" },
    { code: 1001, reason: "peer" },
    { code: NO_STATUS, reason: "peer" },
    LOST,
  ];
}

/**
 * The cause when the server chose to close.
 *
 * @throws UnknownCloseReasonError when the catalog does not have the reason, so that no code follows from it
 */
export function chosenCause(reason: string, { closeReasons }: Catalog): CloseCause {
  const code = Object.hasOwn(closeReasons, reason) ? closeReasons[reason] : undefined;
  if (code === undefined) throw new UnknownCloseReasonError(reason, Object.keys(closeReasons));
  return { code, reason };
}

/** Whether clients read in a close frame of this code when to come back. */
export function hasAdvice(code: number, { closeCodes, closeCodeLabel }: Catalog): boolean {
  const label = closeCodeLabel(code);
  return closeCodes.find((known) => known.label === label)?.policy.advice !== undefined;
}

/**
 * The cause when the server closed its socket with a code, past the connection.
 *
 * @param code undefined for a close frame without one
 * @param text of the close frame
 */
export function rawCause(code: number | undefined, text: string, { closeReasons }: Catalog): CloseCause {
  if (code === undefined) return { code: NO_STATUS, reason: "normal" };
  const named = FIRST_WORD.exec(text)?.[0] ?? "";
  if (Object.hasOwn(closeReasons, named) && closeReasons[named] === code) return { code, reason: named };
  // Under the heartbeat's own code: frameworks say 1011, and a laptop that was closed is no error of the server.
  if (KEEPALIVE_CODES.includes(code) && KEEPALIVE_TEXT.test(text))
    return { ...HEARTBEAT_TIMEOUT, sentCode: code };
  const known = Object.entries(closeReasons).find(([, itsCode]) => itsCode === code);
  return { code, reason: known?.[0] ?? (SAID_OF_PEERS.includes(code) ? "protocol_error" : "other") };
}

/**
 * The cause when the server cut its socket without a close frame.
 *
 * @param isUnanswered whether the peer owes an answer to a ping: then cutting it is how heartbeats end
 */
export function terminationCause(isUnanswered: boolean): CloseCause {
  return isUnanswered ? HEARTBEAT_TIMEOUT : { code: NO_CLOSE_FRAME, reason: "other" };
}

/**
 * The cause when a connection is over. What the peer sent first wins a race.
 *
 * See {@link https://www.rfc-editor.org/rfc/rfc6455#section-5.5.1 | RFC 6455, 5.5.1}: an answer echoes the code.
 *
 * @param begun why this side began to close it; undefined when it did not
 * @param code of the close event: what the peer's close frame said, or 1006 when none came
 */
export function finalCause(begun: CloseCause | undefined, code: number): CloseCause {
  if (code === NO_CLOSE_FRAME) return begun ?? LOST;
  // Another code than ours is no answer to it: it was on its way already.
  const isAnswer = begun !== undefined && code === (begun.sentCode ?? begun.code);
  return isAnswer ? begun : { code, reason: "peer" };
}

/**
 * The cause when the WebSocket library closed because of what the peer sent, which the close event reports as 1006:
 * `ws` no longer reads the peer's answer then. Undefined for an error that does not make `ws` send a close frame.
 *
 * See {@link https://github.com/websockets/ws/blob/master/doc/ws.md#error-codes | the error codes of ws}.
 */
export function protocolErrorCause(error: Error): CloseCause | undefined {
  const errorCode = String((error as { code?: unknown }).code ?? "");
  if (!errorCode.startsWith("WS_ERR_")) return undefined;
  return protocolCause(PROTOCOL_ERROR_CODES[errorCode]);
}

/** The cause when the peer broke the protocol. */
export function protocolCause(code: number = PROTOCOL_ERROR): CloseCause {
  return { code, reason: "protocol_error" };
}

const PROTOCOL_ERROR = 1002;

const PROTOCOL_ERROR_CODES: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
};
