import { type Browser, type Page, SCHEMES, savePicture } from "./camera.ts";
import { isDrawn } from "./in-a-picture.ts";

const WIDTH = 1440;
/** In pixels, with all panels of the lowest row that is begun. */
const HEIGHTS = { overview: 1180, connections: 1240, reconnects: 1240, messages: 1240, collector: 1240 };
/** As wide on the README's page as it is on a screen with twice the pixels. */
const SHARPNESS = 1.5;
const PANELS = '[data-testid="data-testid panel content"]';
const ERRORS = '[data-testid="data-testid Panel status error"]';

/** What a set of pictures is of. */
export interface Span {
  readonly of: "busy" | "incident";
  readonly minutes: number;
}

/** Takes pictures of every dashboard in both colour schemes, of the last minutes. */
export async function takeDashboards(browser: Browser, previewUrl: string, span: Span): Promise<void> {
  for (const [name, height] of Object.entries(HEIGHTS))
    for (const scheme of SCHEMES) {
      const url = `${previewUrl}/d/sockscope-${name}?from=now-${span.minutes}m&to=now&theme=${scheme}`;
      const page = await open(browser, url, scheme, height);
      await drawn(page);
      await savePicture(page, `${name}-${span.of}-${scheme}`);
      await page.close();
    }
}

/** Takes pictures of the page of alerts, which has to have one that fires. */
export async function takeAlerts(browser: Browser, previewUrl: string): Promise<void> {
  for (const scheme of SCHEMES) {
    const page = await open(browser, `${previewUrl}/alerts?theme=${scheme}`, scheme, 900);
    await page.locator('[data-testid="rule"][data-state="firing"]').first().waitFor();
    await page.getByTestId("held-alert").first().waitFor();
    await savePicture(page, `alerts-incident-${scheme}`);
    await page.close();
  }
}

async function open(
  browser: Browser,
  url: string,
  colorScheme: (typeof SCHEMES)[number],
  height: number,
): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: WIDTH, height },
    deviceScaleFactor: SHARPNESS,
    colorScheme,
    reducedMotion: "reduce",
  });
  await page.goto(url);
  return page;
}

/**
 * Resolves once every panel in sight has something below its title, and none is loaded any more.
 *
 * @throws Error that names the panels that say that something is wrong
 */
async function drawn(page: Page): Promise<void> {
  await page.locator(PANELS).first().waitFor();
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(isDrawn, PANELS);
  const wrong = await page
    .locator("[data-viz-panel-key]")
    .filter({ has: page.locator(ERRORS) })
    .allInnerTexts();
  if (wrong.length > 0) throw new Error(`Panels of ${page.url()} have errors: ${wrong.join(", ")}`);
  // Lines are drawn in the frame after the one that has their data.
  await page.waitForTimeout(500);
}
