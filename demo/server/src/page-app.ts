import { randomUUID } from "node:crypto";
import { join } from "node:path";
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import type { ChatServer } from "./chat-server.ts";
import { isSameOrigin } from "./same-origin.ts";
import { readSessionCookie, sessionCookie } from "./session-cookie.ts";
import type { SessionTokens } from "./session-tokens.ts";

/** What the page's HTTP side needs from outside. */
export interface PageAppEnvironment {
  /** The directory of the built page. */
  readonly pageDir: string;
  /** The page's configuration, as `GET /config.json` gives it. */
  readonly config: PageConfig;
  readonly tokens: SessionTokens;
  readonly chatServer: ChatServer;
}

/** What the page needs to start the SDK. */
export interface PageConfig {
  /** The base URL of the collector. */
  readonly collector: string;
  /** The app's name in the collector's configuration. */
  readonly app: string;
}

/** The page, its session, and its faults. */
export function pageApp(environment: PageAppEnvironment): Express {
  const { pageDir, config } = environment;
  const app = express();
  app.disable("x-powered-by");
  app.use(securityHeaders(config.collector));
  app.get("/", loginUnlessValid(environment), (_request, response) => {
    response.sendFile(join(pageDir, "index.html"), { cacheControl: false });
  });
  app.get("/config.json", (_request, response) => {
    response.set("Cache-Control", "no-store").json(config);
  });
  app.post(["/session/*rest", "/fault/*rest"], requireSameOrigin);
  app.post("/session/renew", renewSession(environment));
  app.post("/session/expire", expireSession(environment));
  app.post("/session/elsewhere", signInElsewhere(environment));
  app.post("/fault/internal-error", failConnections(environment));
  app.use(express.static(pageDir, { index: false }));
  return app;
}

function securityHeaders(collector: string): RequestHandler {
  const policy = `default-src 'self'; connect-src 'self' ${new URL(collector).origin}; frame-ancestors 'none'`;
  return (_request, response, next) => {
    response.set({ "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff" });
    next();
  };
}

const requireSameOrigin: RequestHandler = (request, response, next) => {
  if (isSameOrigin(request.headers)) next();
  else refuse(response, 403, "DEMO_ERR_ORIGIN", "Only the demo's own page may do this.");
};

function loginUnlessValid({ tokens }: PageAppEnvironment): RequestHandler {
  return async (request, response, next) => {
    const session = await tokens.check(sessionToken(request));
    response.set("Cache-Control", "no-store");
    if (session.status !== "valid")
      response.append("Set-Cookie", sessionCookie(await tokens.issue(newUser())));
    next();
  };
}

function renewSession({ tokens }: PageAppEnvironment): RequestHandler {
  return async (request, response) => {
    const session = await tokens.check(sessionToken(request));
    const user = session.status === "missing" ? newUser() : session.user;
    response.append("Set-Cookie", sessionCookie(await tokens.issue(user)));
    response.set("Cache-Control", "no-store").json({ expires_in: Math.floor(tokens.lifetimeMs / 1000) });
  };
}

function expireSession({ tokens, chatServer }: PageAppEnvironment): RequestHandler {
  return async (request, response) => {
    const session = await tokens.check(sessionToken(request));
    if (session.status === "missing") return refuseWithoutSession(response);
    response.append("Set-Cookie", sessionCookie(await tokens.issueExpired(session.user))).sendStatus(204);
    chatServer.closeConnectionsOf(session.user, "authentication_expired");
  };
}

/** The session stays: the page may come back, and only its connections are gone. */
function signInElsewhere({ tokens, chatServer }: PageAppEnvironment): RequestHandler {
  return async (request, response) => {
    const session = await tokens.check(sessionToken(request));
    if (session.status !== "valid") return refuseWithoutSession(response);
    response.sendStatus(204);
    chatServer.closeConnectionsOf(session.user, "signed_in_elsewhere");
  };
}

function failConnections({ tokens, chatServer }: PageAppEnvironment): RequestHandler {
  return async (request, response) => {
    const session = await tokens.check(sessionToken(request));
    if (session.status !== "valid") return refuseWithoutSession(response);
    response.sendStatus(204);
    chatServer.closeConnectionsOf(session.user, "internal_error");
  };
}

function sessionToken(request: Request): string | undefined {
  return readSessionCookie(request.headers.cookie);
}

function newUser(): string {
  return `user-${randomUUID()}`;
}

function refuseWithoutSession(response: Response): void {
  refuse(response, 401, "DEMO_ERR_SESSION", "There is no session; load the page first.");
}

function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ code, message });
}
