import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { FaultsClientError, faultsClient } from "@sockscope/demo/faults";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestDemo, type TestDemo } from "../testing/demo.test-support.ts";

let demo: TestDemo;
beforeEach(async () => {
  demo = await startTestDemo();
});
afterEach(() => demo.close());

describe("the switchboard over HTTP", () => {
  it.each(["pageUrl", "metricsUrl"] as const)("is at %s", async (listener) => {
    const faults = faultsClient(demo[listener]);
    expect(await faults.turnOn("overload", { seconds: 20, retryAfterMs: 1 })).toMatchObject({
      isOn: true,
      values: { retryAfterMs: 1 },
    });
    expect((await faults.list()).filter(({ isOn }) => isOn)).toHaveLength(1);
    expect(await faults.turnOff("overload")).toMatchObject({ isOn: false, remainingSeconds: 0 });
  });

  it("tells what was wrong with a request, in its own words", async () => {
    const refused = faultsClient(demo.metricsUrl).turnOn("overload", { seconds: -1 });
    await expect(refused).rejects.toThrow(FaultsClientError);
    await expect(refused).rejects.toMatchObject({ status: 400, code: "DEMO_ERR_FAULT_SECONDS" });
  });

  it("refuses a body that is no JSON, and one that is far too long", async () => {
    const send = (body: string) => fetch(`${demo.metricsUrl}/faults/overload`, { method: "POST", body });
    expect(await (await send("{")).json()).toMatchObject({ code: "DEMO_ERR_FAULT_BODY" });
    const tooLong = await send(" ".repeat(100_000));
    expect(tooLong.status).toBe(413);
    expect(await tooLong.json()).toMatchObject({ code: "DEMO_ERR_REQUEST" });
  });

  it.each(["pageUrl", "metricsUrl"] as const)(
    "answers what it cannot read in JSON, too, at %s",
    async (listener) => {
      const origin = demo[listener];
      const ask = (path: string, headers: Record<string, string> = {}) =>
        fetch(`${demo[listener]}/faults/${path}`, {
          method: "POST",
          body: "{}",
          headers: { origin, ...headers },
        });
      const answers = [
        await ask("overload", { "content-type": "application/json; charset=bogus" }),
        await ask("overload", { "content-encoding": "gzip" }),
        await ask("%E0%A4%A"),
      ];
      for (const answer of answers)
        expect(await answer.json()).toEqual({
          code: "DEMO_ERR_REQUEST",
          message: expect.not.stringContaining("node_modules"),
        });
      expect(answers.map(({ status }) => status)).toEqual([415, 400, 400]);
    },
  );

  it.each(["pageUrl", "metricsUrl"] as const)("is not for pages of other origins at %s", async (listener) => {
    const headers = { origin: "https://evil.example" };
    const answer = await fetch(`${demo[listener]}/faults/overload`, { method: "POST", headers });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "DEMO_ERR_ORIGIN" });
    expect((await faultsClient(demo.metricsUrl).list()).some(({ isOn }) => isOn)).toBe(false);
  });

  it.each(["pageUrl", "metricsUrl"] as const)(
    "is not for a page whose name leads to %s",
    async (listener) => {
      const url = new URL(`${demo[listener]}/faults/overload`);
      const host = `evil.example:${url.port}`;
      // Not by `fetch`, which lets nobody choose a host.
      const asking = request(url, { method: "POST", headers: { host, origin: `http://${host}` } }).end();
      const [answer] = (await once(asking, "response")) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(403);
    },
  );
});
