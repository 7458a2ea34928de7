import type { Browser, Locator, Page } from "playwright-core";

/** How a page of the preview is looked at. */
export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
}

/** A page of the preview. */
export interface PreviewPage {
  readonly page: Page;
  /** Whatever went wrong in it: errors in the console, exceptions, requests that failed. */
  readonly problems: readonly string[];
  panel(id: number): Locator;
  /** Resolves once there are panels, and nothing more is asked for. */
  settled(): Promise<void>;
  /** Resolves once a panel has something below its title, and none of it is loaded any more. */
  drawn(id: number): Promise<void>;
  /** How many pixels the page is wider than its window. */
  overflow(): Promise<number>;
}

function collectProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error.stack)));
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  return problems;
}

/** Opens a page of the preview. */
export async function openPreview(
  browser: Browser,
  url: string,
  { width = 1600, height = 1200, colorScheme = "dark" }: View = {},
): Promise<PreviewPage> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  const problems = collectProblems(page);
  await page.goto(url);
  const panel = (id: number): Locator => page.locator(`[data-viz-panel-key="panel-${id}"]`);
  return {
    page,
    problems,
    panel,
    async settled() {
      await page.locator("[data-viz-panel-key]").first().waitFor();
      await page.waitForLoadState("networkidle");
    },
    async drawn(id) {
      const content = panel(id).getByTestId("data-testid panel content");
      await content.locator("canvas, :text-matches('\\\\S')").first().waitFor();
      await panel(id).getByLabel("Panel loading bar").waitFor({ state: "detached" });
    },
    overflow: () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  };
}
