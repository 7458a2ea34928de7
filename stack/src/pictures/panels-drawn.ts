import { until } from "../until.ts";
import type { Page } from "./camera.ts";
import { undrawnPanels } from "./in-a-picture.ts";

const ERRORS = '[data-testid="data-testid Panel status error"]';

/**
 * Resolves once every panel of a dashboard in sight has something below its title, and none is loaded any more.
 *
 * @throws Error that names the panels that are not drawn in time, or that say that something is wrong
 */
export async function panelsDrawn(page: Page, { timeoutMs }: { readonly timeoutMs: number }): Promise<void> {
  let undrawn: string[] | undefined;
  const areDrawn = await until(
    async () => {
      undrawn = await page.evaluate(undrawnPanels);
      return undrawn?.length === 0 ? true : undefined;
    },
    { timeoutMs },
  );
  if (areDrawn !== true) {
    const which = undrawn === undefined ? "there is no panel" : `not drawn: ${undrawn.join(", ")}`;
    throw new Error(`${page.url()} is not ready within ${timeoutMs / 1_000} s, ${which}.`);
  }
  const wrong = await page
    .locator("[data-viz-panel-key]")
    .filter({ has: page.locator(ERRORS) })
    .allInnerTexts();
  if (wrong.length > 0) throw new Error(`Panels of ${page.url()} have errors: ${wrong.join(", ")}`);
}
