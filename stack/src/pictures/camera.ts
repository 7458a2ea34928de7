import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { ChatPage, launchChromium } from "@sockscope/demo/users";
import { print, statusLine } from "../report.ts";
import { ROOT } from "../root.ts";

/** Both are taken of everything. */
export const SCHEMES = ["light", "dark"] as const;
/** Of WebP: letters are as sharp as in a PNG, which is three times as large; the next where the file would be too large. */
const QUALITIES = [88, 80, 70, 60];
/** Whoever clones the repository, or reads it on a train, loads them. */
const MAX_BYTES = 200_000;

/** Pixels of a picture for each of the page's: as wide in the README as on a screen with twice the pixels. */
export const SHARPNESS = 1.5;

/** A browser that takes pictures. */
export type Browser = Awaited<ReturnType<typeof launchChromium>>;
/** How a page is looked at. */
export type ViewOptions = Parameters<Browser["newPage"]>[0];
/** A page that is taken a picture of. */
export type Page = ChatPage["page"];

/**
 * Takes a picture of what the window shows, and says how large it is.
 *
 * @param path where it goes, from the root, without an extension
 */
export async function savePicture(page: Page, path: string): Promise<void> {
  // A session of its own knows nothing of the page's sharpness, and would scale it away, for good.
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const clip = { x: 0, y: 0, width, height, scale: SHARPNESS };
  const devtools = await page.context().newCDPSession(page);
  let picture = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality, clip });
    picture = Buffer.from(data, "base64");
    if (picture.length <= MAX_BYTES) break;
  }
  await devtools.detach();
  const file = `${path}.webp`;
  mkdirSync(dirname(`${ROOT}${file}`), { recursive: true });
  writeFileSync(`${ROOT}${file}`, picture);
  print(
    statusLine(
      picture.length <= MAX_BYTES,
      basename(path),
      `${file}  ${Math.round(picture.length / 1000)} kB`,
    ),
  );
}
