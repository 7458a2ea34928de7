import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "./browser.test-support.ts";
import { accepting, FRAME, type Peer } from "./peers.test-support.ts";
import { type PlainCollector, startPlainCollector } from "./plain-collector.test-support.ts";
import { type PlainSite, servePlainPage } from "./plain-page.test-support.ts";

/** What the tests of a file share: a browser, the site of plain pages, and a chat server that greets with a frame. */
export interface PlainScene {
  readonly browser: Browser;
  readonly site: PlainSite;
  readonly peer: Peer;
  /** Starts a collector of the test's own. */
  collect(): Promise<PlainCollector>;
  /** Closes something with the scene. */
  closeAtEnd(part: { close(): Promise<unknown> }): void;
  /** Opens a connection in the page, of which one frame comes. */
  connect(page: Page): Promise<void>;
}

/** Sets the scene for the tests around the call. Its parts are there when they run. */
export function setPlainScene(): PlainScene {
  let browser: Browser;
  let site: PlainSite;
  let peer: Peer;
  const parts: { close(): Promise<unknown> }[] = [];

  beforeAll(async () => {
    site = await servePlainPage();
    peer = await accepting((socket) => socket.send(FRAME));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([site?.close(), peer?.close(), ...parts.map((part) => part.close())]);
  });

  return {
    get browser() {
      return browser;
    },
    get site() {
      return site;
    },
    get peer() {
      return peer;
    },
    collect: async () => {
      const collector = await startPlainCollector(site.origin);
      parts.push(collector);
      return collector;
    },
    closeAtEnd: (part) => void parts.push(part),
    connect: (page) => page.evaluate((to) => happened(observed(to), "message"), peer.url),
  };
}
