import { setTimeout as delay } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { openChatPage } from "./chat-page.ts";
import { launchChromium } from "./launch-chromium.ts";
import { visit } from "./visit.ts";

/** How to start simulated users. */
export interface SimulatedUsersOptions {
  /** The path of a Chromium. */
  readonly chromium: string;
  /** The demo page. */
  readonly pageUrl: string;
  /** How many chat at the same time. */
  readonly users: number;
  /** As {@link launchChromium} takes them. Default: none. */
  readonly hostRules?: string;
}

/** Users who come, chat and leave until they are stopped. */
export interface SimulatedUsers {
  /** Name and version of their browser. */
  readonly browser: string;
  /** Resolves, with a reason, when they end without having been asked to. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/** Nobody looks at these pages: a small one without motion costs the machine least. */
const UNSEEN = { viewport: { width: 480, height: 640 }, reducedMotion: "reduce" } as const;
/** Between two who come: as many pages that load at once keep a small machine busy. */
const COMES_AFTER_MS = 400;

/** One person's visit, with cookies and a tab of its own. */
async function visitOnce(browser: Browser, pageUrl: string, signal: AbortSignal): Promise<void> {
  const context = await browser.newContext(UNSEEN);
  try {
    await visit(await openChatPage(await context.newPage(), pageUrl), {
      random: Math.random,
      pause: (ms) => delay(ms, undefined, { signal }),
    });
  } finally {
    await context.close();
  }
}

/** A seat that is never empty for long. A visit that fails, as they do while a fault is injected, is followed by another. */
async function seat(browser: Browser, pageUrl: string, signal: AbortSignal, index: number): Promise<void> {
  await delay(index * COMES_AFTER_MS, undefined, { signal }).catch(() => {});
  while (!signal.aborted && browser.isConnected()) {
    await visitOnce(browser, pageUrl, signal).catch(() => {});
    await delay(500 + Math.random() * 2000, undefined, { signal }).catch(() => {});
  }
}

/**
 * Starts one Chromium with several users in it, and resolves once a first page has been connected.
 *
 * @throws BrowserNotStartedError, or an error of the browser when the page does not connect
 */
export async function startSimulatedUsers(options: SimulatedUsersOptions): Promise<SimulatedUsers> {
  const { chromium, pageUrl, users, hostRules } = options;
  const browser = await launchChromium(chromium, hostRules);
  const leaving = new AbortController();
  const died = new Promise<string>((resolve) => {
    browser.once("disconnected", () => {
      if (!leaving.signal.aborted) resolve("Chromium ended.");
    });
  });
  try {
    const page = await browser.newPage();
    await (await openChatPage(page, pageUrl)).connected();
    await page.close();
  } catch (error) {
    await browser.close();
    throw error;
  }
  const seats = Array.from({ length: users }, (_, index) => seat(browser, pageUrl, leaving.signal, index));
  return {
    browser: `Chromium ${browser.version()}`,
    died,
    stop: async () => {
      leaving.abort();
      await browser.close();
      await Promise.all(seats);
    },
  };
}
