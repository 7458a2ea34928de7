import { type ChatPage, openChatPage } from "@sockscope/demo/users";
import type { Stack } from "../stack.ts";
import { type Browser, type Page, SCHEMES, SHARPNESS, savePicture, type ViewOptions } from "./camera.ts";
import { beStill, forgetDurations, stopAt } from "./in-a-picture.ts";

const DESKTOP: ViewOptions = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: SHARPNESS };
const PHONE: ViewOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: SHARPNESS,
  isMobile: true,
  hasTouch: true,
};

/** Takes the pictures of the demo's page, on a desktop and on a phone. */
export async function takeDemoPictures(browser: Browser, { chat }: Stack, folder: string): Promise<void> {
  await takeDesktop(await still(browser, chat.pageUrl, DESKTOP, 1), folder);
  await takePhone(await still(browser, chat.pageUrl, PHONE, 2), folder);
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
async function takeDesktop(chat: ChatPage, folder: string): Promise<void> {
  const { page } = chat;
  await chat.say("What does close code 1006 mean?");
  await chat.expireSession();
  await chat.reconnect();
  await page
    .getByTestId("batches")
    .getByText(/Batch 2/)
    .waitFor();
  await overload(page, "What happened with 4401?");
  await take(page, folder, "demo");
  await page.getByTestId("open-drawer").click();
  await page.getByTestId("drawer").waitFor();
  await take(page, folder, "drawer");
  // The next page is to be connected.
  await page.evaluate(() => fetch("/faults/overload", { method: "DELETE" }));
  await page.close();
}

async function takePhone(chat: ChatPage, folder: string): Promise<void> {
  const { page } = chat;
  await chat.say("What does close code 1006 mean?");
  await overload(page, "And 1013?");
  await page.evaluate(() => scrollTo(0, 0));
  await take(page, folder, "phone");
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
async function take(page: Page, folder: string, name: string): Promise<void> {
  await page.evaluate(forgetDurations);
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await savePicture(page, `${folder}/${name}-${colorScheme}`);
  }
}
