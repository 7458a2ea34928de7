import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { type ChatPage, launchChromium, openChatPage } from "@sockscope/demo/users";
import { beStill, forgetDurations, stopAt } from "./in-a-picture.ts";
import { program, readPrograms } from "./programs.ts";
import { print, statusLine } from "./report.ts";
import { ROOT } from "./root.ts";
import { startStack } from "./stack.ts";

const PICTURES = "docs/pictures";
const SCHEMES = ["light", "dark"] as const;
/** Of WebP: letters are as sharp as in a PNG, which is three times as large. */
const QUALITY = 88;
/** Whoever clones the repository, or reads it on a train, loads them. */
const MAX_BYTES = 200_000;

type Browser = Awaited<ReturnType<typeof launchChromium>>;
type ViewOptions = Parameters<Browser["newPage"]>[0];
type Page = ChatPage["page"];

const DESKTOP: ViewOptions = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 };
const PHONE: ViewOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** Takes the pictures of the documentation from a running stack, so that they show what is. */
export async function takePictures(): Promise<void> {
  mkdirSync(`${ROOT}${PICTURES}`, { recursive: true });
  const stack = await startStack();
  try {
    const browser = await launchChromium(program(readPrograms(), "chromium"));
    const { pageUrl } = stack.chat;
    try {
      await takeDesktop(await still(browser, pageUrl, DESKTOP, 1));
      await takePhone(await still(browser, pageUrl, PHONE, 2));
    } finally {
      await browser.close();
    }
  } finally {
    await stack.stop();
  }
}

/** A page whose ids, delays and times of the day are the same in every run. Each has a seed: two pages have two sessions. */
async function still(browser: Browser, url: string, view: ViewOptions, seed: number): Promise<ChatPage> {
  const page = await browser.newPage({ ...view, reducedMotion: "reduce" });
  await page.addInitScript(beStill, seed);
  const chat = await openChatPage(page, url);
  await chat.connected();
  return chat;
}

/** A chat that has seen something, and a fault that is on. */
async function takeDesktop(chat: ChatPage): Promise<void> {
  const { page } = chat;
  await chat.say("What does close code 1006 mean?");
  await chat.expireSession();
  await chat.reconnect();
  await page
    .getByTestId("batches")
    .getByText(/Batch 2/)
    .waitFor();
  await overload(page, "What happened with 4401?");
  await take(page, "demo");
  await page.getByTestId("open-drawer").click();
  await page.getByTestId("drawer").waitFor();
  await take(page, "drawer");
  // The next page is to be connected.
  await page.evaluate(() => fetch("/faults/overload", { method: "DELETE" }));
  await page.close();
}

async function takePhone(chat: ChatPage): Promise<void> {
  const { page } = chat;
  await chat.say("What does close code 1006 mean?");
  await overload(page, "And 1013?");
  await page.evaluate(() => scrollTo(0, 0));
  await take(page, "phone");
  await page.close();
}

/** The server takes nobody any more, and the user writes all the same; from then on no time passes on the page. */
async function overload(page: Page, text: string): Promise<void> {
  await page.getByTestId("faults-session").locator("summary").click();
  await page.getByTestId("faults-server").locator("summary").click();
  await page.getByTestId("fault-overload").getByRole("switch").click();
  await page.locator('[data-testid="state"][data-state="waiting"]').waitFor();
  await page.getByTestId("message").fill(text);
  await page.getByTestId("message").press("Enter");
  await page.getByTestId("message").blur();
  await page.waitForFunction(stopAt, "in 4 s");
}

/** Takes a picture in both colour schemes, of the same moment. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(forgetDurations);
  const devtools = await page.context().newCDPSession(page);
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
    const file = `${PICTURES}/${name}-${colorScheme}.webp`;
    writeFileSync(`${ROOT}${file}`, Buffer.from(data, "base64"));
    const { size } = statSync(`${ROOT}${file}`);
    print(statusLine(size <= MAX_BYTES, name, `${file}  ${Math.round(size / 1000)} kB`));
  }
}
