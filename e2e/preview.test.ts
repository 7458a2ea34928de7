import { AFFECTED_SESSIONS, CONNECT_DURATION, SESSIONS_ACTIVE } from "@sockscope/catalog";
import { openChatPage } from "@sockscope/demo/users";
import { panelsDrawn, type Stack } from "@sockscope/stack";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrives } from "./testing/arrival.test-support.ts";
import {
  type Dashboard,
  type ExpectedPanel,
  expectedPanels,
  heightOf,
  panelsOf,
} from "./testing/panel-expectation.test-support.ts";
import { openPreview, type PreviewPage } from "./testing/preview-page.test-support.ts";
import { type PreviewScene, startPreviewScene } from "./testing/preview-scene.test-support.ts";

const SPAN_MS = 300_000;
const SCRAPE_MS = 1_000;
/** Long enough for what was scraped to be found by whoever asks for this moment. */
const SETTLED_MS = 3_000;
const ERRORS = "data-testid Panel status error";

let scene: PreviewScene;
let stack: Stack;
let browser: Browser;
let fixtures: PreviewScene["fixtures"];

/** Users come, chat, lose their session and leave, so that there is something to see. */
async function happen(): Promise<void> {
  for (const text of ["What is a close code?", "And 4401?"]) {
    const chat = await openChatPage(await browser.newPage(), stack.chat.pageUrl);
    await chat.connected();
    await chat.say(text);
    await chat.expireSession();
    await chat.reconnect();
    await chat.connected();
    await chat.say("Once more.");
  }
  await arrives(stack, `sum(${SESSIONS_ACTIVE.name})`, (sessions) => sessions > 0);
  await arrives(stack, `sum(${AFFECTED_SESSIONS.name})`, (sessions) => sessions > 0);
  await arrives(stack, `sum(${CONNECT_DURATION.name}_count)`, (attempts) => attempts > 0);
}

async function read<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

async function dashboardsOf(previewUrl: string): Promise<Dashboard[]> {
  const { dashboards } = await read<{ dashboards: { uid: string }[] }>(`${previewUrl}/api/preview`);
  return Promise.all(dashboards.map(({ uid }) => read<Dashboard>(`${previewUrl}/api/dashboards/${uid}`)));
}

beforeAll(async () => {
  scene = await startPreviewScene();
  ({ stack, browser, fixtures } = scene);
  await happen();
});

afterAll(() => scene?.stop());

/** What a panel shows below its title. */
async function textOf(preview: PreviewPage, { id }: ExpectedPanel): Promise<string> {
  return preview.panel(id).getByTestId("data-testid panel content").innerText();
}

async function expectShown(preview: PreviewPage, panel: ExpectedPanel): Promise<void> {
  const element = preview.panel(panel.id);
  await preview.drawn(panel.id);
  if (panel.type === "text") return expect(await textOf(preview, panel)).not.toBe("");
  if (!panel.hasData) return expect(await textOf(preview, panel)).toContain(panel.noValue);
  switch (panel.type) {
    case "timeseries":
      await element.locator("canvas").first().waitFor();
      for (const name of panel.names ?? []) expect(await textOf(preview, panel), panel.title).toContain(name);
      return;
    case "heatmap":
      return element.locator("canvas").first().waitFor();
    case "table":
      return expect(await element.getByRole("row").count(), panel.title).toBeGreaterThan(1);
    default:
      expect(await textOf(preview, panel), panel.title).not.toContain(panel.noValue);
      return expect((await textOf(preview, panel)).trim(), panel.title).not.toBe("");
  }
}

/** Looks at all of a dashboard, in a span of time of which nothing is added any more. */
async function lookAt(previewUrl: string, dashboard: Dashboard): Promise<void> {
  const toMs = Date.now() - SETTLED_MS;
  const fromMs = toMs - SPAN_MS;
  const url = `${previewUrl}/d/${dashboard.uid}?from=${fromMs}&to=${toMs}&refresh=`;
  const preview = await openPreview(browser, url, { height: heightOf(dashboard) });
  await preview.settled();
  for (const row of await preview.page.getByRole("button", { name: /expand row/i }).all()) await row.click();
  await preview.settled();
  const expected = await expectedPanels(dashboard, {
    prometheusUrl: stack.prometheus.url,
    fromMs,
    toMs,
    scrapeMs: SCRAPE_MS,
  });
  expect(expected.length).toBeGreaterThan(0);
  for (const panel of expected) await expectShown(preview, panel);
  expect(await preview.page.getByTestId(ERRORS).count()).toBe(0);
  expect(await preview.page.title()).toContain(dashboard.title);
  expect(await preview.overflow()).toBe(0);
  expect(preview.problems).toEqual([]);
  await preview.page.close();
}

describe("the preview of the dashboards", () => {
  it("shows what Prometheus has in every panel of every generated dashboard", async () => {
    expect(stack.preview.isBuilt).toBe(true);
    const dashboards = await dashboardsOf(stack.preview.url);
    expect(dashboards.length).toBeGreaterThan(0);
    for (const dashboard of dashboards) await lookAt(stack.preview.url, dashboard);
  });

  it("has drawn whatever is seen of a dashboard, as its pictures wait for", async () => {
    for (const { uid } of await dashboardsOf(stack.preview.url)) {
      const url = `${stack.preview.url}/d/${uid}?from=now-5m&to=now`;
      const preview = await openPreview(browser, url, { width: 1440, height: 900 });
      await panelsDrawn(preview.page, { timeoutMs: 60_000 });
      expect(preview.problems).toEqual([]);
      await preview.page.close();
    }
  });

  it("shows tables, bars, heatmaps, words and rows, and says where there is nothing", async () => {
    for (const dashboard of await dashboardsOf(fixtures.url)) await lookAt(fixtures.url, dashboard);
  });

  it("fits a phone, in one column, in the colours that the system has", async () => {
    for (const dashboard of await dashboardsOf(stack.preview.url)) {
      const view = { width: 390, height: 844, colorScheme: "light" } as const;
      const preview = await openPreview(browser, `${stack.preview.url}/d/${dashboard.uid}`, view);
      const [first] = panelsOf(dashboard);
      const box = await preview.panel(first?.id ?? 0).boundingBox();
      expect(box?.width).toBeGreaterThan(350);
      expect(await preview.overflow()).toBe(0);
      expect(await preview.page.evaluate(() => document.documentElement.style.colorScheme)).toBe("light");
      expect(preview.problems).toEqual([]);
      await preview.page.close();
    }
  });

  it("changes its theme by a switch, and by the address", async () => {
    const { page } = await openPreview(browser, `${stack.preview.url}/?theme=light`);
    const scheme = (): Promise<string> => page.evaluate(() => document.documentElement.style.colorScheme);
    await page.getByRole("button", { name: "Use the dark theme" }).click();
    await page.getByRole("button", { name: "Use the light theme" }).waitFor();
    expect(await scheme()).toBe("dark");
    await page.reload();
    await page.getByRole("button", { name: "Use the light theme" }).waitFor();
    expect(await scheme()).toBe("dark");
    await page.close();
  });

  it("keeps the time and what was chosen from one dashboard to the next", async () => {
    const { page } = await openPreview(
      browser,
      `${fixtures.url}/d/fixture-panels?from=now-15m&to=now&var-job=chat-server`,
    );
    await page.getByRole("link", { name: "Charts", exact: true }).click();
    await page.waitForURL(/\/d\/fixture-charts/);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get("from"), searchParams.get("var-job")]).toEqual(["now-15m", "chat-server"]);
    await page.getByText("Last 15 minutes").waitFor();
    await page.close();
  });
});

describe("a dashboard in the preview", () => {
  it("shows of a variable's values those that were chosen", async () => {
    const url = `${fixtures.url}/d/fixture-charts?var-job=chat-server`;
    const preview = await openPreview(browser, url);
    await preview.panel(1).getByText("chat-server").waitFor();
    expect(await preview.panel(1).getByText("sockscope-collector").count()).toBe(0);
    await preview.page.close();
  });

  it.each(["viewPanel=2", "viewPanel=panel-2"])(
    "shows one panel alone with ?%s, and all of them on Escape",
    async (query) => {
      const preview = await openPreview(browser, `${fixtures.url}/d/fixture-charts/charts?${query}`);
      await preview.panel(2).waitFor();
      expect(await preview.panel(1).count()).toBe(0);
      await preview.page.keyboard.press("Escape");
      await preview.panel(1).waitFor();
      expect(preview.page.url()).not.toContain("viewPanel");
      await preview.page.close();
    },
  );

  it("marks what its annotations find, and stops when they are switched off", async () => {
    const preview = await openPreview(browser, `${fixtures.url}/d/fixture-charts`);
    const marks = preview.panel(1).getByTestId("annotation");
    // Each annotation has a query of its own, and its marks come when that is answered.
    for (const name of ["Annotation: scraped", /chat-server is up, at 127\.0\.0\.1/])
      await marks.and(preview.page.getByLabel(name)).first().waitFor();
    for (const name of ["Up", "Scraped"])
      await preview.page.getByLabel(name, { exact: true }).click({ force: true });
    await marks.first().waitFor({ state: "detached" });
    await preview.page.close();
  });

  it("leads on from a table's cell, with the time", async () => {
    const preview = await openPreview(browser, `${fixtures.url}/d/fixture-panels?from=now-10m&to=now`);
    const link = preview.panel(1).getByRole("link", { name: "chat-server" });
    expect(await link.getAttribute("href")).toBe(
      "/d/fixture-charts?var-job=chat-server&from=now-10m&to=now&timezone=browser",
    );
    await preview.page.close();
  });

  it("says in a panel's corner what is wrong with it", async () => {
    const { page } = await openPreview(browser, `${fixtures.url}/alerts`);
    const [query, unknown] = [
      { targets: [{ refId: "A", expr: "sum(" }], type: "timeseries" },
      { targets: [], type: "nodeGraph" },
    ].map((wrong, i) => ({
      ...wrong,
      id: i + 1,
      title: `Wrong ${i}`,
      gridPos: { x: 0, y: i * 8, w: 12, h: 8 },
    }));
    const json = { uid: "fixture-charts", title: "Wrong", panels: [query, unknown] };
    await page.route("**/api/dashboards/fixture-charts", (route) => route.fulfill({ json }));
    await page.goto(`${fixtures.url}/d/fixture-charts`);
    await page.getByTestId(ERRORS).nth(1).waitFor();
    const said = async (panel: number): Promise<string> => {
      await page.locator(`[data-viz-panel-key="panel-${panel}"]`).getByTestId(ERRORS).hover();
      return page.getByRole("tooltip").innerText();
    };
    expect(await said(1)).toContain("parse error");
    await page.mouse.move(0, 0);
    await page.getByRole("tooltip").waitFor({ state: "detached" });
    expect(await said(2)).toContain("nodeGraph");
    await page.close();
  });

  it("tells on demand what a panel is about, with links that work", async () => {
    const preview = await openPreview(browser, `${fixtures.url}/d/fixture-charts`);
    await preview.panel(1).getByTestId("icon-info-circle").hover();
    await preview.page.getByRole("link", { name: "More" }).waitFor();
    await preview.page.close();
  });
});
