import express, { type RequestHandler, type Router } from "express";
import { refuse } from "./refuse.ts";

/** A notification with some alerts is a few kilobytes. */
const MAX_BODY = "256kb";

/** What of an alert is told; the names are Alertmanager's. */
interface Alert {
  readonly status?: unknown;
  readonly labels?: { readonly [name: string]: unknown };
  readonly annotations?: { readonly [name: string]: unknown };
}

/**
 * `POST /alerts`: a pager that wakes nobody. Writes a line for each alert that Alertmanager's webhook tells of.
 *
 * See {@link https://prometheus.io/docs/alerting/latest/configuration/#webhook_config}.
 *
 * @param log takes structured lines
 */
export function alertRoutes(log: (line: object) => void): Router {
  const router = express.Router();
  router.post("/", requireJson, express.json({ limit: MAX_BODY }), (request, response) => {
    const { alerts } = Object(request.body) as { alerts?: unknown };
    // All or none: whoever is refused sends all of it again.
    if (!Array.isArray(alerts) || !alerts.every(isAlert))
      return refuse(response, 400, "DEMO_ERR_ALERTS", NO_ALERTS);
    for (const alert of alerts) log(lineOf(alert));
    response.sendStatus(204);
  });
  return router;
}

const NO_ALERTS = 'Send {"alerts":[{"labels":{...},"annotations":{...}}]}, as Alertmanager does.';

const requireJson: RequestHandler = (request, response, next) => {
  if (request.is("json") === "json") next();
  else refuse(response, 415, "DEMO_ERR_ALERTS", `Alerts come as application/json. ${NO_ALERTS}`);
};

function isAlert(something: unknown): something is Alert {
  const { labels = {}, annotations = {} } = Object(something) as Alert;
  return [something, labels, annotations].every((part) => Object(part) === part && !Array.isArray(part));
}

function lineOf({ status, labels = {}, annotations = {} }: Alert): object {
  const { alertname, app, severity } = labels;
  const { description, runbook_url } = annotations;
  return { event: "alert", status, alertname, app, severity, description, runbook_url };
}
