import { type Browser, type Page, SCHEMES, SHARPNESS, savePicture } from "./camera.ts";
import { panelsDrawn } from "./panels-drawn.ts";

const WIDTH = 1440;
/** In pixels, with all panels of the lowest row that is begun. */
const HEIGHTS = { overview: 1180, connections: 1240, reconnects: 1240, messages: 1240, collector: 1240 };
const ALERTS_HEIGHT = 460;
/** A machine that also has the users is slow. */
const PATIENCE_MS = 120_000;
/** More than a frame of a slow machine. */
const A_FRAME_MS = 1_000;

/** Where pictures are taken, and where they go, from the root. */
export interface Spot {
  readonly browser: Browser;
  readonly previewUrl: string;
  readonly folder: string;
}

/** What a set of pictures is of. */
export interface Span {
  readonly of: "busy" | "incident";
  readonly minutes: number;
}

/** Takes pictures of every dashboard in both colour schemes, of the last minutes. */
export async function takeDashboards(spot: Spot, span: Span): Promise<void> {
  const { browser, previewUrl, folder } = spot;
  const page = await openPage(browser);
  for (const [name, height] of Object.entries(HEIGHTS)) {
    await page.setViewportSize({ width: WIDTH, height });
    await page.goto(`${previewUrl}/d/sockscope-${name}?from=now-${span.minutes}m&to=now`);
    const file = `${folder}/${name}-${span.of}`;
    await inBothSchemes(page, file, () => panelsDrawn(page, { timeoutMs: PATIENCE_MS }));
  }
  await page.close();
}

/** Takes pictures of the page of alerts, which has to have one that fires. */
export async function takeAlerts({ browser, previewUrl, folder }: Spot): Promise<void> {
  const page = await openPage(browser);
  await page.goto(`${previewUrl}/alerts`);
  await inBothSchemes(page, `${folder}/alerts-incident`, () =>
    page.locator('[data-testid="rule"][data-state="firing"]').first().waitFor(),
  );
  await page.close();
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: WIDTH, height: ALERTS_HEIGHT },
    deviceScaleFactor: SHARPNESS,
    reducedMotion: "reduce",
  });
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/** The preview has the colours that the system has, and draws everything anew when those change. */
async function inBothSchemes(page: Page, path: string, ready: () => Promise<void>): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(
      (scheme) => document.documentElement.style.colorScheme === scheme,
      colorScheme,
    );
    await page.waitForTimeout(A_FRAME_MS);
    await ready();
    // Lines are drawn in the frame after the one that has their data.
    await page.waitForTimeout(A_FRAME_MS);
    await savePicture(page, `${path}-${colorScheme}`);
  }
}
