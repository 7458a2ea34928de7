import {
  type Catalog,
  type CloseCodeLabel,
  type ClosePolicy,
  closeCodeLabel,
  SERVER_CLOSE_CODES,
} from "@sockscope/catalog";

/** The server's drain, and an endpoint that goes away: reconnecting is what they ask for. */
const PLANNED: readonly string[] = [closeCodeLabel(SERVER_CLOSE_CODES.restart), "1001"];

/** A deployment's own code is a value of the label like any other. */
function labelsWhere({ closeCodes }: Catalog, isMeant: (policy: ClosePolicy) => boolean): CloseCodeLabel[] {
  return closeCodes.filter(({ policy }) => isMeant(policy)).map(({ label }) => label as CloseCodeLabel);
}

/** After these a client reconnects, and nobody had planned it. */
export function unplannedRetryCodes(catalog: Catalog): readonly CloseCodeLabel[] {
  return labelsWhere(catalog, ({ action }) => action === "retry").filter((code) => !PLANNED.includes(code));
}

/** After these a user is told that authentication failed. */
export function authenticationCodes(catalog: Catalog): readonly CloseCodeLabel[] {
  return labelsWhere(catalog, ({ userSees }) => userSees === "authentication failed");
}

/** After these a user is told of an error, authentication among them, and no client comes back by itself. */
export function errorCodes(catalog: Catalog): readonly CloseCodeLabel[] {
  return labelsWhere(catalog, ({ userSees }) => userSees === "error" || userSees === "authentication failed");
}

/**
 * Reasons of a deployment's own for which its server cuts a connection that nobody wanted cut: those with a code after
 * which a client reconnects unplanned.
 */
export function ownCutReasons(catalog: Catalog): readonly string[] {
  const retried: readonly string[] = unplannedRetryCodes(catalog);
  return Object.entries(catalog.closeReasons)
    .filter(([reason]) => !Object.hasOwn(SERVER_CLOSE_CODES, reason))
    .filter(([, code]) => retried.includes(catalog.closeCodeLabel(code)))
    .map(([reason]) => reason);
}

/** The server met a condition that it did not expect. */
export const INTERNAL_ERROR_CODE: CloseCodeLabel = closeCodeLabel(SERVER_CLOSE_CODES.internal_error);
