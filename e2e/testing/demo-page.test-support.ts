import { type FaultsClient, faultsClient } from "@sockscope/demo/faults";
import { type Demo, type DemoOptions, startDemo } from "@sockscope/demo/server";
import { type ChatPage, openChatPage } from "@sockscope/demo/users";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type CuttingProxy, startCuttingProxy } from "./cutting-proxy.test-support.ts";

/** Nobody listens there: what the page reports is not of interest. */
const NOWHERE = "http://127.0.0.1:9";
/** A busy machine takes its time. */
const PATIENCE_MS = 60_000;

/** The demo's page in front of a user. */
export interface ShownPage {
  readonly page: Page;
  readonly chat: ChatPage;
  /** The switchboard, past the network that its faults break. */
  readonly faults: FaultsClient;
  /** The network between the page and the demo. */
  readonly network: CuttingProxy;
  close(): Promise<void>;
}

/** Starts a demo and opens its page; it is connected. */
export async function showDemoPage(
  browser: Browser,
  view: BrowserContextOptions = {},
  options: Partial<DemoOptions> = {},
): Promise<ShownPage> {
  const demo: Demo = await startDemo({ collectorUrl: NOWHERE, ...options });
  const network = await startCuttingProxy(demo.pageUrl);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...view });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const close = async (): Promise<void> => {
    await context.close();
    await network.close();
    await demo.close();
  };
  const chat = await openChatPage(page, network.url);
  await chat.connected();
  return { page, chat, faults: faultsClient(demo.metricsUrl), network, close };
}

/** What has the focus, by its test id, else its id, else its element's name. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    return element?.dataset["testid"] ?? (element?.id || element?.tagName.toLowerCase()) ?? "nothing";
  });
}

/** What the tab key comes to, in its order, from where the focus is. */
export async function tabbed(page: Page, steps: number): Promise<readonly string[]> {
  const places: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press("Tab");
    places.push(await focused(page));
  }
  return places;
}
