/**
 * What counts as credentials of an upgrade: the label `credentials`, by which an alert tells users who are turned away from
 * scanners. It counts what could be a session, valid or not. Other languages read requests by these expressions, too.
 *
 * A header of these names, unless it is empty.
 */
export const CREDENTIAL_HEADERS: readonly ["authorization", "cookie"] = ["authorization", "cookie"];

/** A parameter of the query under one of the names for a token, unless it is empty: a page cannot choose headers. */
export const CREDENTIAL_QUERY: RegExp =
  /(?:^|&)(?:access_token|auth|authorization|jwt|session|ticket|token)=[^&]/i;

/**
 * A subprotocol that is a token, which is the one header that a page has a say in: it announces one, or is longer than the name of a
 * protocol is. Dots say nothing: `v1.chat.example` has as many as a JSON Web Token.
 */
export const CREDENTIAL_SUBPROTOCOL: RegExp = /bearer|token|^.{41}/i;
