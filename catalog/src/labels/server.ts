import { SERVER_CLOSE_CODES, type ServerCloseReason } from "../close-codes.ts";
import type { CappedLabel, EnumeratedLabel } from "../metric.ts";

/** A route of the chat server, as configured there. */
export const ROUTE: CappedLabel = { kind: "capped", top: 8, other: "other" };

/** Opt-in: the busiest threads by name, the others as one. */
export const THREAD_ID: CappedLabel = { kind: "capped", top: 20, other: "other" };

/** How a user was authenticated. */
export type AuthMethod = "cookie" | "query" | "none";
/** The domain of {@link AuthMethod}. */
export const AUTH_METHOD: EnumeratedLabel<AuthMethod> = {
  kind: "enumerated",
  values: ["cookie", "query", "none"],
};

/** The HTTP status of a refused upgrade. */
export type HandshakeStatus = "400" | "401" | "403" | "404" | "426" | "429" | "503" | "other";
/** The domain of {@link HandshakeStatus}. */
export const HANDSHAKE_STATUS: EnumeratedLabel<HandshakeStatus> = {
  kind: "enumerated",
  values: ["400", "401", "403", "404", "426", "429", "503", "other"],
};

/**
 * Why a connection closed, as the server knows it: `peer` sent a close frame, `lost` sent none, `other` broke the WebSocket
 * protocol and was closed by the library; the rest the server chose.
 */
export type CloseReason = ServerCloseReason | "peer" | "lost" | "other";
/** The domain of {@link CloseReason}. */
export const CLOSE_REASON: EnumeratedLabel<CloseReason> = {
  kind: "enumerated",
  values: [...(Object.keys(SERVER_CLOSE_CODES) as ServerCloseReason[]), "peer", "lost", "other"],
};

/** Why a message could not be handed to its socket. */
export type SendError = "closed" | "backpressure" | "serialization" | "other";
/** The domain of {@link SendError}. */
export const SEND_ERROR: EnumeratedLabel<SendError> = {
  kind: "enumerated",
  values: ["closed", "backpressure", "serialization", "other"],
};

/** The close codes that come with an advice to return later. */
export type AdviceCode = "1012" | "1013";
/** The domain of {@link AdviceCode}. */
export const ADVICE_CODE: EnumeratedLabel<AdviceCode> = { kind: "enumerated", values: ["1012", "1013"] };

/** `forbidden` is the 403 of a rehydration. */
export type RehydrationOutcome = "sent" | "forbidden" | "failed";
/** The domain of {@link RehydrationOutcome}. */
export const REHYDRATION_OUTCOME: EnumeratedLabel<RehydrationOutcome> = {
  kind: "enumerated",
  values: ["sent", "forbidden", "failed"],
};
