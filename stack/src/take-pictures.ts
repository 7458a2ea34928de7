import { mkdirSync } from "node:fs";
import { launchChromium, openChatPage } from "@sockscope/demo/users";
import { program, readPrograms } from "./programs.ts";
import { print, statusLine } from "./report.ts";
import { ROOT } from "./root.ts";
import { startStack } from "./stack.ts";

const PICTURES = "docs/pictures";

/** Takes the pictures of the documentation from a running stack, so that they show what is. */
export async function takePictures(): Promise<void> {
  mkdirSync(`${ROOT}${PICTURES}`, { recursive: true });
  const stack = await startStack();
  try {
    const browser = await launchChromium(program(readPrograms(), "chromium"));
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 });
    const chat = await openChatPage(page, stack.chat.pageUrl);
    await chat.connected();
    await chat.say("What does close code 1006 mean?");
    await chat.say("And 1012?");
    await chat.expireSession();
    await chat.reconnect();
    await chat.say("What happened with 4401?");
    await page
      .getByTestId("batches")
      .getByText(/Batch 2/)
      .waitFor();
    await page.screenshot({ path: `${ROOT}${PICTURES}/demo.png` });
    print(statusLine(true, "demo", `${PICTURES}/demo.png`));
    await browser.close();
  } finally {
    await stack.stop();
  }
}
