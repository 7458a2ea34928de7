import { randomUUID } from "node:crypto";
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import { isOwnName, isSameOrigin, type OriginRule } from "../sockets/same-origin.ts";

/** Takes an error that no caller is left for, with the id under which it is told. */
export type ReportError = (error: unknown, correlationId: string) => void;

/** Answers with a code that stays, and what to do. */
export function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ code, message });
}

/** Lets nobody but a page of this server by. */
export function requireSameOrigin(rule: OriginRule): RequestHandler {
  return (request, response, next) => {
    if (isSameOrigin(request.headers, rule)) next();
    else refuseOrigin(response);
  };
}

/** Lets by whoever is no page, such as a tool, and pages of this server: any page on the machine can reach loopback. */
export function refuseOtherPages(rule: OriginRule): RequestHandler {
  return ({ headers }, response, next) => {
    const isAllowed = headers.origin === undefined ? isOwnName(headers, rule) : isSameOrigin(headers, rule);
    if (isAllowed) next();
    else refuseOrigin(response);
  };
}

/** Answers what went wrong in a handler, or before one: the last of an app. */
export function answerErrors(reportError: ReportError): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = statusOf(error);
    if (status < 500)
      return refuse(response, status, "DEMO_ERR_REQUEST", `${messageOf(error)}; send another.`);
    const correlationId = randomUUID();
    reportError(error, correlationId);
    refuse(response, status, "DEMO_ERR_INTERNAL", `Try again; the log has it as ${correlationId}.`);
  };
}

function refuseOrigin(response: Response): void {
  refuse(response, 403, "DEMO_ERR_ORIGIN", "Only the demo's own page may do this.");
}

/** What Express and its parsers say; an error without a status is nobody's fault but ours. */
function statusOf(error: unknown): number {
  const { status } = Object(error) as { status?: unknown };
  return typeof status === "number" && status >= 400 && status < 600 ? status : 500;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "The request cannot be read";
}
