import { createServer } from "node:http";
import express from "express";
import { expect, it, onTestFinished } from "vitest";
import { baseUrl, listen, stopListening } from "./listen.ts";
import { answerErrors } from "./refuse.ts";

it("answers a failure of its own with an id by which the log has it, and with nothing of what failed", async () => {
  const reported: unknown[][] = [];
  const failure = new Error("ENOSPC: /secret/path");
  const app = express();
  app.get("/", () => {
    throw failure;
  });
  app.use(answerErrors((...report) => reported.push(report)));
  const server = createServer(app);
  onTestFinished(() => stopListening(server));
  const answer = await fetch(baseUrl("127.0.0.1", await listen(server, "127.0.0.1", 0)));
  const [error, correlationId] = reported[0] ?? [];
  expect(error).toBe(failure);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({
    code: "DEMO_ERR_INTERNAL",
    message: `Try again; the log has it as ${correlationId}.`,
  });
});
