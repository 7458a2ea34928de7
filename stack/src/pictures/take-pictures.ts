import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { launchChromium } from "@sockscope/demo/users";
import { program, readPrograms } from "../programs.ts";
import { STATE } from "../root.ts";
import { startStack } from "../stack.ts";
import { takeDashboardPictures } from "./dashboard-pictures.ts";
import { takeDemoPictures } from "./demo-pictures.ts";

/** What there are pictures of. */
export type PictureSet = "demo" | "dashboards";

/** As somebody's own Prometheus: lines of every second would be a comb. */
const INTERVAL = "5s";

const DOCUMENTATION = "docs/pictures";
const TRIAL = ".sockscope/pictures-of-a-trial";

/**
 * Takes the pictures of the documentation from a running stack, so that they show what is.
 *
 * @param options.isTrial sees that they can be taken, in a few minutes, and leaves the documentation as it is
 */
export async function takePictures(
  sets: readonly PictureSet[],
  { isTrial }: { readonly isTrial: boolean },
): Promise<void> {
  const folder = isTrial ? TRIAL : DOCUMENTATION;
  const chromium = program(readPrograms(), "chromium");
  mkdirSync(STATE, { recursive: true });
  const stateDir = mkdtempSync(`${STATE}/pictures-`);
  try {
    const stack = await startStack({ stateDir, interval: INTERVAL });
    try {
      const browser = await launchChromium(chromium);
      try {
        if (sets.includes("dashboards"))
          await takeDashboardPictures(browser, stack, { chromium, stateDir, folder, isTrial });
        if (sets.includes("demo")) await takeDemoPictures(browser, stack, folder);
      } finally {
        await browser.close();
      }
    } finally {
      await stack.stop();
    }
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}
