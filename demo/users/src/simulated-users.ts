import { setMaxListeners } from "node:events";
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
  /** Whether they stay for minutes, and lose their session by a fault only. Default: they come and go, and have mishaps. */
  readonly isCalm?: boolean;
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
/** A busy machine takes its time, and a page that is given up and loaded again keeps it busier. */
const PATIENCE_MS = 90_000;

/** Lets one after the other in: pages that all load at once are none of them there in time on a small machine. */
class Door {
  #last: Promise<unknown> = Promise.resolve();

  pass<T>(come: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(come);
    this.#last = mine.catch(() => {});
    return mine;
  }
}

/** What all users of a browser have in common. */
interface House {
  readonly browser: Browser;
  readonly door: Door;
  readonly options: SimulatedUsersOptions;
  /** Aborted when they are to leave. */
  readonly signal: AbortSignal;
}

/** One person's visit, with cookies and a tab of its own. */
async function visitOnce({ browser, door, options, signal }: House): Promise<void> {
  const context = await browser.newContext(UNSEEN);
  context.setDefaultTimeout(PATIENCE_MS);
  try {
    const chat = await door.pass(async () => openChatPage(await context.newPage(), options.pageUrl));
    await visit(chat, {
      random: Math.random,
      pause: (ms) => delay(ms, undefined, { signal }),
      isCalm: options.isCalm ?? false,
    });
  } finally {
    await context.close();
  }
}

/** A seat that is never empty for long. A visit that fails, as they do while a fault is injected, is followed by another. */
async function seat(house: House): Promise<void> {
  const { browser, signal } = house;
  while (!signal.aborted && browser.isConnected()) {
    await visitOnce(house).catch(() => {});
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
  // Every user waits for it.
  setMaxListeners(0, leaving.signal);
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
  const house: House = { browser, door: new Door(), options, signal: leaving.signal };
  const seats = Array.from({ length: users }, () => seat(house));
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
