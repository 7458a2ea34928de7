import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { loadedRules, type Stack, until } from "@sockscope/stack";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPreview } from "./testing/preview-page.test-support.ts";
import { type PreviewScene, startPreviewScene } from "./testing/preview-scene.test-support.ts";

let scene: PreviewScene;
let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  scene = await startPreviewScene();
  ({ stack, browser } = scene);
});

afterAll(() => scene?.stop());

describe("the alerts in the preview", () => {
  it("are all there, and lead to a runbook", async () => {
    const rules = (await loadedRules(stack.prometheus.url)).filter(({ type }) => type === "alerting");
    const preview = await openPreview(browser, `${stack.preview.url}/alerts`);
    await preview.page.getByTestId("rule").first().waitFor();
    expect(await preview.page.getByTestId("rule").count()).toBe(rules.length);
    // Whose runbook is written.
    const name = "WsAuthCloseSpike";
    const rule = preview.page.getByTestId("rule").filter({ hasText: name });
    if ((await rule.getAttribute("data-state")) === "inactive") await rule.locator("summary").click();
    await rule.getByRole("link", { name: "Runbook" }).first().click();
    await preview.page.getByRole("heading", { level: 1, name }).waitFor();
    await preview.page.getByRole("button", { name: "Copy" }).first().waitFor();
    expect(preview.problems).toEqual([]);
    await preview.page.close();
  });

  it("are shown as Alertmanager treats them", async () => {
    const post = (path: string, body: object): Promise<Response> =>
      fetch(`${stack.alertmanager.url}/api/v2/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    await post("alerts", [{ labels: { alertname: "WsOfATest", app: "chat", severity: "page" } }]);
    const { page } = await openPreview(browser, `${stack.preview.url}/alerts`);
    const held = page.getByTestId("held-alert").filter({ hasText: "WsOfATest" });
    await held.getByText("active").waitFor();
    await held.getByText("to pager").waitFor();
    await post("silences", {
      matchers: [{ name: "alertname", value: "WsOfATest", isRegex: false }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 600_000).toISOString(),
      createdBy: "test",
      comment: "test",
    });
    await held.getByText("silenced").waitFor();
    await page.close();
  });
});

/** The status of an answer to a request that no browser would make. */
function statusOf(
  path: string,
  options: { host?: string; method?: string } = {},
): Promise<number | undefined> {
  const { port } = new URL(stack.preview.url);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port,
        path,
        method: options.method ?? "GET",
        headers: options.host ? { host: options.host } : {},
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    asked.on("error", reject).end();
  });
}

describe("the preview's server", () => {
  it("only answers by its own address", async () => {
    expect(await statusOf("/api/preview", { host: "rebound.example" })).toBe(421);
  });

  it.each([
    ["/prometheus/api/v1/admin/tsdb/snapshot", "POST", 404],
    ["/prometheus/-/reload", "POST", 404],
    ["/prometheus/api/v1/rules", "POST", 405],
    ["/alertmanager/api/v2/silences", "POST", 405],
    ["/alertmanager/api/v2/silence/1", "DELETE", 404],
    ["/assets/../../../package.json", "GET", 404],
    ["/api/dashboards/%2e%2e%2fsecret", "GET", 404],
    ["/api/runbooks/..%2f..%2fsockscope.config.json", "GET", 404],
    ["/nowhere", "GET", 404],
  ])("refuses %s by %s", async (path, method, status) => {
    expect(await statusOf(path, { method })).toBe(status);
  });

  it("serves runbooks as they are written, and no more, where the site was never built", async () => {
    const bare = await scene.another(null);
    writeFileSync(join(scene.folder, "runbooks", "WsOfATest.md"), "# WsOfATest\n");
    const page = await until(async () => fetch(`${bare.url}/runbooks/WsOfATest.md`), { timeoutMs: 5_000 });
    expect(await page?.text()).toBe("# WsOfATest\n");
    expect((await fetch(`${bare.url}/`)).status).toBe(503);
    await bare.stop();
  });
});
