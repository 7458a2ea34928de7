import { SERVER_CLOSE_CODES, type ServerCloseReason } from "../close-codes.ts";
import type { CappedLabel } from "../metric.ts";

/** A route of the chat server, as configured there. */
export const ROUTE: CappedLabel = { kind: "capped", top: 8, other: "other" };

/** Opt-in: the busiest threads by name, the others as one. */
export const THREAD_ID: CappedLabel = { kind: "capped", top: 20, other: "other" };

/** How a user was authenticated. */
export const AUTH_METHOD = ["cookie", "query", "none", "other"] as const;
/** A value of {@link AUTH_METHOD}. */
export type AuthMethod = (typeof AUTH_METHOD)[number];

/** The HTTP status of a refused upgrade. */
export const HANDSHAKE_STATUS = ["400", "401", "403", "404", "426", "429", "503", "other"] as const;
/** A value of {@link HANDSHAKE_STATUS}. */
export type HandshakeStatus = (typeof HANDSHAKE_STATUS)[number];

/** Whether a refused upgrade carried what could have been a session: scanners carry none. */
export const CREDENTIALS = ["present", "absent"] as const;
/** A value of {@link CREDENTIALS}. */
export type Credentials = (typeof CREDENTIALS)[number];

/**
 * Why a connection closed, as the server knows it: `peer` sent a close frame, `lost` sent none, `protocol_error` broke the
 * WebSocket protocol or sent too much at once and was closed by the library; the rest the server chose, `other` for a reason that
 * nobody named.
 */
export type CloseReason = ServerCloseReason | "peer" | "lost" | "protocol_error" | "other";
/** The domain of {@link CloseReason}. */
export const CLOSE_REASON: readonly CloseReason[] = [
  ...(Object.keys(SERVER_CLOSE_CODES) as ServerCloseReason[]),
  "peer",
  "lost",
  "protocol_error",
  "other",
];

/** Why a message could not be handed to its socket. */
export const SEND_ERROR = ["closed", "backpressure", "serialization", "other"] as const;
/** A value of {@link SEND_ERROR}. */
export type SendError = (typeof SEND_ERROR)[number];

/** The close codes that come with an advice to return later. */
export const ADVICE_CODE = ["1012", "1013"] as const;
/** A value of {@link ADVICE_CODE}. */
export type AdviceCode = (typeof ADVICE_CODE)[number];

/** How a rehydration ended. `forbidden` is its 403. */
export const REHYDRATION_OUTCOME = ["sent", "forbidden", "failed"] as const;
/** A value of {@link REHYDRATION_OUTCOME}. */
export type RehydrationOutcome = (typeof REHYDRATION_OUTCOME)[number];

/** Why the chat refused a frame: it is none of the contract's, the peer sends too many, or it may not say this. */
export const FRAME_REFUSAL = ["invalid", "too_many", "forbidden", "other"] as const;
/** A value of {@link FRAME_REFUSAL}. */
export type FrameRefusal = (typeof FRAME_REFUSAL)[number];
