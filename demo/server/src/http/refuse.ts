import type { RequestHandler, Response } from "express";
import { isSameOrigin } from "../sockets/same-origin.ts";

/** Answers with a code that stays, and what to do. */
export function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ code, message });
}

/** Lets nobody but a page of this server by. */
export const requireSameOrigin: RequestHandler = (request, response, next) => {
  if (isSameOrigin(request.headers)) next();
  else refuse(response, 403, "DEMO_ERR_ORIGIN", "Only the demo's own page may do this.");
};

/** Lets by whoever is no page, such as a tool, and pages of this server: any page on the machine can reach loopback. */
export const refuseOtherPages: RequestHandler = (request, response, next) => {
  if (request.headers.origin === undefined) next();
  else requireSameOrigin(request, response, next);
};
