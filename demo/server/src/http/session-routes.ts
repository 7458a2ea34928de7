import { randomUUID } from "node:crypto";
import type { Switchboard } from "@sockscope/demo/faults";
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { RENEWAL_REFUSALS, renewable } from "../session/renewal.ts";
import {
  cameOverHttps,
  noSessionCookie,
  readSessionCookie,
  sessionCookie,
} from "../session/session-cookie.ts";
import type { SessionEnds } from "../session/session-ends.ts";
import type { Session, SessionTokens } from "../session/session-tokens.ts";
import type { SignedOutSessions } from "../session/signed-out.ts";
import type { ChatServer } from "../sockets/chat-server.ts";
import type { DemoCloseReason } from "../sockets/peer.ts";
import { type ReportError, refuse } from "./refuse.ts";

/** What sessions over HTTP need from outside. */
export interface SessionRoutesEnvironment {
  readonly tokens: SessionTokens;
  /** As {@link tokens} say it, or as a fault does. */
  readonly check: SessionTokens["check"];
  readonly signedOut: SignedOutSessions;
  readonly sessionEnds: SessionEnds;
  /** Takes why what a user was told could not be kept. */
  readonly reportError: ReportError;
  readonly chatServer: ChatServer;
  readonly faults: Switchboard;
  /** Whether cookies travel over https only, whatever this request came over. */
  readonly isCookieSecure: boolean;
  /** The wall clock, in ms since the epoch. */
  readonly now: () => number;
}

const SIGN_OUT_NOT_KEPT =
  "The user is signed out until the chat restarts: its state directory cannot be written; see its log.";

/** The page's session: `renew`, `sign-out`, and what else can happen to one. */
export function sessionRoutes(environment: SessionRoutesEnvironment): Router {
  const router = express.Router();
  router.post("/renew", renewSession(environment));
  router.post("/sign-out", signOut(environment));
  router.post("/expire", expireSession(environment));
  router.post("/elsewhere", withSession(environment, "signed_in_elsewhere"));
  return router;
}

/** Whoever loads the page has a session: the one that there was, as long as it can go on, or a new one. */
export function loginUnlessValid(environment: SessionRoutesEnvironment): RequestHandler {
  const { check, signedOut, now } = environment;
  return async (request, response, next) => {
    const session = await check(readSessionCookie(request.headers.cookie));
    response.set("Cache-Control", "no-store");
    const goesOn = renewable(session, signedOut, now());
    if (session.status !== "valid" || typeof goesOn === "string")
      await issue(environment, request, response, typeof goesOn === "string" ? newSession() : goesOn);
    next();
  };
}

/** Closes the connections of a request's user. The session stays: the page may come back. */
export function withSession(
  { check, chatServer }: SessionRoutesEnvironment,
  reason: DemoCloseReason,
): RequestHandler {
  return async (request, response) => {
    const session = await check(readSessionCookie(request.headers.cookie));
    if (session.status !== "valid")
      return refuse(response, 401, "DEMO_ERR_SESSION", RENEWAL_REFUSALS.DEMO_ERR_SESSION);
    response.sendStatus(204);
    chatServer.peers.endOf(session.user, reason);
  };
}

function renewSession(environment: SessionRoutesEnvironment): RequestHandler {
  const { tokens, check, signedOut, sessionEnds, faults, now } = environment;
  return async (request, response) => {
    response.set("Cache-Control", "no-store");
    const broken = faults.active("break_refresh");
    if (broken) return refuse(response, broken.status, "DEMO_ERR_FAULT", "The fault break_refresh is on.");
    const session = renewable(await check(readSessionCookie(request.headers.cookie)), signedOut, now());
    if (typeof session === "string") return refuse(response, 401, session, RENEWAL_REFUSALS[session]);
    await issue(environment, request, response, session);
    sessionEnds.renew(session.id, now() + tokens.lifetimeMs);
    response.json({ expires_in: Math.floor(tokens.lifetimeMs / 1000) });
  };
}

function signOut({ check, sessionEnds, reportError }: SessionRoutesEnvironment): RequestHandler {
  return async (request, response) => {
    const session = await check(readSessionCookie(request.headers.cookie));
    response.append("Set-Cookie", noSessionCookie());
    try {
      if (session.status !== "missing") sessionEnds.signOut(session, session.expiresAtMs);
    } catch (error) {
      reportError(error, "");
      return refuse(response, 500, "DEMO_ERR_SIGN_OUT_NOT_KEPT", SIGN_OUT_NOT_KEPT);
    }
    response.sendStatus(204);
  };
}

function expireSession(environment: SessionRoutesEnvironment): RequestHandler {
  const { tokens, check, chatServer } = environment;
  return async (request, response) => {
    const session = await check(readSessionCookie(request.headers.cookie));
    if (session.status === "missing")
      return refuse(response, 401, "DEMO_ERR_SESSION", RENEWAL_REFUSALS.DEMO_ERR_SESSION);
    setCookie(environment, request, response, await tokens.issueExpired(session));
    response.sendStatus(204);
    chatServer.peers.endOf(session.user, "authentication_expired");
  };
}

async function issue(
  environment: SessionRoutesEnvironment,
  request: Request,
  response: Response,
  { user, id }: Session,
): Promise<void> {
  setCookie(environment, request, response, await environment.tokens.issue(user, id));
}

function setCookie(
  { isCookieSecure }: SessionRoutesEnvironment,
  request: Request,
  response: Response,
  token: string,
): void {
  response.append("Set-Cookie", sessionCookie(token, isCookieSecure || cameOverHttps(request.headers)));
}

function newSession(): Session {
  return { user: `user-${randomUUID()}`, id: randomUUID() };
}
