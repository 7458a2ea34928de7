import express, { type Router } from "express";

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
  router.post("/", express.json({ limit: MAX_BODY }), (request, response) => {
    const { alerts } = Object(request.body) as { alerts?: unknown };
    for (const alert of Array.isArray(alerts) ? alerts : []) log(lineOf(Object(alert)));
    response.sendStatus(204);
  });
  return router;
}

function lineOf({ status, labels = {}, annotations = {} }: Alert): object {
  const { alertname, app, severity } = labels;
  const { description, runbook_url } = annotations;
  return { event: "alert", status, alertname, app, severity, description, runbook_url };
}
