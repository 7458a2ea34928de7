import { answerFaultRequest, type Switchboard } from "@sockscope/demo/faults";
import express, { type Router } from "express";

const MAX_BODY = "4kb";

/** `GET /faults`, and `GET`, `POST` and `DELETE /faults/ID`. */
export function faultRoutes(switchboard: Switchboard): Router {
  const router = express.Router();
  // Whatever a tool calls it.
  router.use(express.text({ type: () => true, limit: MAX_BODY }));
  router.all(["/", "/:id"], (request, response) => {
    const { id } = request.params;
    const { status, body } = answerFaultRequest(switchboard, {
      method: request.method,
      id: typeof id === "string" ? id : undefined,
      body: jsonOf(request.body),
    });
    response.status(status).set("Cache-Control", "no-store").json(body);
  });
  return router;
}

/** What a body says; a text that is no JSON stays one. */
function jsonOf(body: unknown): unknown {
  if (typeof body !== "string" || body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
