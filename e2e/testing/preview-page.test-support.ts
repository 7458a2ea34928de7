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
  /** Resolves once everything that is seen has been asked for and answered. */
  settled(): Promise<void>;
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
  return {
    page,
    problems,
    panel: (id) => page.locator(`[data-viz-panel-key="panel-${id}"]`),
    async settled() {
      await page.waitForLoadState("networkidle");
      await page.getByTestId("data-testid Panel loading bar").first().waitFor({ state: "detached" });
    },
    overflow: () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  };
}
