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
    expect((await send(" ".repeat(100_000))).status).toBe(413);
  });

  it.each(["pageUrl", "metricsUrl"] as const)("is not for pages of other origins at %s", async (listener) => {
    const headers = { origin: "https://evil.example" };
    const answer = await fetch(`${demo[listener]}/faults/overload`, { method: "POST", headers });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "DEMO_ERR_ORIGIN" });
    expect((await faultsClient(demo.metricsUrl).list()).some(({ isOn }) => isOn)).toBe(false);
  });
});
