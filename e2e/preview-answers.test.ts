import type { Browser, Locator, Page, Request } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { arrives } from "./testing/arrival.test-support.ts";
import { openPreview, type PreviewPage } from "./testing/preview-page.test-support.ts";
import { type PreviewScene, startPreviewScene } from "./testing/preview-scene.test-support.ts";

const RANGES = "**/prometheus/api/v1/query_range";
const ERROR = "data-testid Panel status error";
/** Of the fixture that is looked at. */
const PANELS = 2;
/** Many more than are drawn. */
const SERIES = 3_000;
const POINTS = 100;
const PATIENCE = { timeout: 60_000 };
/** More than the distance of two points of the fixture's graphs, so that they have some. */
const SCRAPES = 20;

let scene: PreviewScene;
let browser: Browser;

beforeAll(async () => {
  scene = await startPreviewScene();
  ({ browser } = scene);
  await arrives(
    scene.stack,
    'min(count_over_time(up{job=~"chat-server|sockscope-collector"}[1m]))',
    (scrapes) => scrapes >= SCRAPES,
  );
});

afterAll(() => scene?.stop());

async function openCharts(): Promise<PreviewPage> {
  const preview = await openPreview(browser, `${scene.fixtures.url}/d/fixture-charts`);
  await preview.panel(1).locator("canvas").first().waitFor();
  await preview.settled();
  return preview;
}

function refresh(page: Page): Promise<void> {
  return page.getByTestId("data-testid RefreshPicker run button").click();
}

/** What a panel's corner says is wrong. */
async function saidBy(panel: Locator): Promise<string> {
  await panel.getByTestId(ERROR).hover();
  return panel.page().getByRole("tooltip").innerText();
}

it("asks no more what was replaced, or of a dashboard that was left", async () => {
  const { page } = await openCharts();
  const asked: Request[] = [];
  const aborted = new Set<Request>();
  page.on("requestfailed", (request) => aborted.add(request));
  // Prometheus takes its time, for ever.
  await page.route(RANGES, (route) => void asked.push(route.request()));
  const areAborted = (requests: readonly Request[]): Promise<void> =>
    expect.poll(() => requests.every((request) => aborted.has(request)), PATIENCE).toBe(true);
  await page.getByRole("button", { name: "Zoom out time range" }).click();
  await expect.poll(() => asked.length, PATIENCE).toBeGreaterThanOrEqual(PANELS);
  const replaced = asked.slice(0, PANELS);
  expect(replaced.filter((request) => aborted.has(request))).toEqual([]);
  await page.getByRole("button", { name: "Zoom out time range" }).click();
  await areAborted(replaced);
  await expect.poll(() => asked.length, PATIENCE).toBeGreaterThanOrEqual(2 * PANELS);
  const left = [...asked];
  await page.getByRole("link", { name: "Alerts" }).click();
  await areAborted(left);
  await page.close();
});

it("keeps what could not be refreshed, and says since when it is old until it is not", async () => {
  const { page, panel } = await openCharts();
  const why = "http://127.0.0.1:9 does not answer.";
  await page.route(RANGES, (route) => route.fulfill({ status: 502, body: why }));
  await refresh(page);
  const said = await saidBy(panel(1));
  expect(said).toMatch(/^Not refreshed since \d\d:\d\d:\d\d: /);
  expect(said).toContain(why);
  await panel(1).locator("canvas").first().waitFor();
  expect(await panel(1).innerText()).toContain("chat-server");
  // Another question was never answered.
  await page.getByRole("button", { name: "Zoom out time range" }).click();
  await panel(1).locator("canvas").first().waitFor({ state: "detached" });
  expect(await saidBy(panel(1))).toBe(why);
  await page.unroute(RANGES);
  await refresh(page);
  await panel(1).locator("canvas").first().waitFor();
  await panel(1).getByTestId(ERROR).waitFor({ state: "detached" });
  await page.close();
});

/** As many series as nobody can look at. */
function manySeries(): object {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const values = Array.from({ length: POINTS }, (_, i) => [nowSeconds - 3 * (POINTS - i), "1"]);
  const result = Array.from({ length: SERIES }, (_, i) => ({ metric: { job: `job-${i}` }, values }));
  return { status: "success", data: { resultType: "matrix", result } };
}

it("draws the first of very many series, says how many there are, and stays usable", async () => {
  const { page, panel } = await openCharts();
  await page.route(RANGES, (route) => route.fulfill({ json: manySeries() }));
  await refresh(page);
  await panel(1).getByTestId("notices").getByText("The first 300 of 3,000 series").waitFor();
  await panel(1).getByText("job-299", { exact: true }).waitFor();
  expect(await panel(1).getByText("job-300", { exact: true }).count()).toBe(0);
  await page.unroute(RANGES);
  await page.getByRole("link", { name: "Panels", exact: true }).click();
  await page.waitForURL(/fixture-panels/);
  await panel(3).getByText("Bold").waitFor();
  await page.close();
});
