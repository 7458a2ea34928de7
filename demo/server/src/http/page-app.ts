import { join } from "node:path";
import express, { type Express, type RequestHandler } from "express";
import type { OriginRule } from "../sockets/same-origin.ts";
import { faultRoutes } from "./fault-routes.ts";
import { answerErrors, type ReportError, requireSameOrigin } from "./refuse.ts";
import { runbookRoutes } from "./runbook-routes.ts";
import {
  loginUnlessValid,
  type SessionRoutesEnvironment,
  sessionRoutes,
  withSession,
} from "./session-routes.ts";

/** What the page's HTTP side needs from outside. */
export interface PageAppEnvironment extends SessionRoutesEnvironment {
  /** The directory of the built page. */
  readonly pageDir: string;
  /** The page's configuration, as `GET /config.json` gives it. */
  readonly config: PageConfig;
  readonly origins: OriginRule;
  readonly reportError: ReportError;
  /** The folder of the runbooks that alerts lead to. Default: none are served. */
  readonly runbooksDir?: string | undefined;
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
  const { pageDir, config, origins, reportError, runbooksDir } = environment;
  const ownPage = requireSameOrigin(origins);
  const app = express();
  app.disable("x-powered-by");
  app.use(securityHeaders(config.collector));
  app.get("/", loginUnlessValid(environment), (_request, response) => {
    response.sendFile(join(pageDir, "index.html"), { cacheControl: false });
  });
  app.get("/config.json", (_request, response) => {
    response.set("Cache-Control", "no-store").json(config);
  });
  app.post(["/session/*rest", "/fault/*rest"], ownPage);
  app.use("/session", sessionRoutes(environment));
  app.post("/fault/internal-error", withSession(environment, "internal_error"));
  app.use("/faults", exceptForReading(ownPage), faultRoutes(environment.faults));
  if (runbooksDir !== undefined) app.use("/runbooks", runbookRoutes(runbooksDir));
  app.use(express.static(pageDir, { index: false }));
  app.use(answerErrors(reportError));
  return app;
}

/** Browsers send no `Origin` with a `GET` of their own page. */
function exceptForReading(check: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (request.method === "GET") next();
    else check(request, response, next);
  };
}

function securityHeaders(collector: string): RequestHandler {
  const policy = `default-src 'self'; connect-src 'self' ${new URL(collector).origin}; frame-ancestors 'none'`;
  return (_request, response, next) => {
    response.set({ "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff" });
    next();
  };
}
