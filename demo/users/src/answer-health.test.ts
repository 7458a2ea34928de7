import { expect, it } from "vitest";
import { answerHealth } from "./answer-health.ts";

it("answers on loopback", async () => {
  const { status } = await fetch(`http://127.0.0.1:${await answerHealth(0)}/healthz`);
  expect(status).toBe(200);
});
