import { setTimeout as delay } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { openChatPage } from "../chat-page.ts";
import { launchChromium } from "../chromium.ts";
import type { Part } from "../part.ts";
import type { Programs } from "../programs.ts";

const PART = "browser client";

const QUESTIONS = [
  "Is anybody there?",
  "Which plan fits a team of five?",
  "My last invoice looks wrong.",
  "Can I change my address?",
  "What does close code 1006 mean?",
  "Thank you, that helps!",
];

function pick<T>(choices: readonly T[]): T | undefined {
  return choices[Math.floor(Math.random() * choices.length)];
}

/** One visit: arrive, chat for a while, now and then lose the session and come back, leave. */
async function visit(browser: Browser, pageUrl: string, signal: AbortSignal): Promise<void> {
  const context = await browser.newContext();
  try {
    const chat = await openChatPage(await context.newPage(), pageUrl);
    await chat.connected();
    const messages = 2 + Math.floor(Math.random() * 8);
    for (let sent = 0; sent < messages; sent += 1) {
      await chat.say(pick(QUESTIONS) ?? "");
      await delay(1000 + Math.random() * 9000, undefined, { signal });
    }
    if (Math.random() < 0.1) {
      await chat.expireSession();
      await delay(2000, undefined, { signal });
      await chat.reconnect();
    }
    await chat.leave();
  } finally {
    await context.close();
  }
}

/** A seat that is never empty for long. A visit that fails, as they do while a fault is injected, is followed by another. */
async function seat(browser: Browser, pageUrl: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && browser.isConnected()) {
    await visit(browser, pageUrl, signal).catch(() => {});
    await delay(500 + Math.random() * 2000, undefined, { signal }).catch(() => {});
  }
}

/**
 * Starts one Chromium with several users in it, and resolves once the first page is connected.
 *
 * @param options.users how many chat at the same time
 */
export async function startSimulatedUsers(options: {
  programs: Programs;
  pageUrl: string;
  users: number;
}): Promise<Part> {
  const browser = await launchChromium(options.programs);
  const leaving = new AbortController();
  const died = new Promise<string>((resolve) => {
    browser.once("disconnected", () => resolve("Chromium ended."));
  });
  try {
    const page = await browser.newPage();
    await (await openChatPage(page, options.pageUrl)).connected();
    await page.close();
  } catch (error) {
    await browser.close();
    throw error;
  }
  const seats = Array.from({ length: options.users }, () => seat(browser, options.pageUrl, leaving.signal));
  return {
    name: PART,
    summary: `Chromium ${browser.version()}, ${options.users} simulated users`,
    died,
    stop: async () => {
      leaving.abort();
      await browser.close();
      await Promise.all(seats);
    },
  };
}
