import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { launchBrowser } from "./testing/browser.test-support.ts";
import { accepting, type Peer } from "./testing/peers.test-support.ts";
import { type PlainSite, servePlainPage } from "./testing/plain-page.test-support.ts";
import { bundleReactPage, type ReactVersion } from "./testing/react-page.test-support.ts";

/** A busy machine takes its time. */
const PATIENCE_MS = 60_000;
const VERSIONS: readonly ReactVersion[] = [18, 19];

describe.each(VERSIONS)("useChatSocket in React %i", (version) => {
  let browser: Browser;
  let site: PlainSite;
  let script: string;
  let peer: Peer;
  let page: Page;
  /** Connections that the server had, with what came over them and how they ended. */
  let connections: { readonly socket: WebSocket; readonly frames: string[]; code?: number }[];
  let complaints: string[];

  beforeAll(async () => {
    script = await bundleReactPage(version);
    site = await servePlainPage();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  beforeEach(async () => {
    connections = [];
    complaints = [];
    peer = await accepting((socket) => {
      const connection: (typeof connections)[number] = { socket, frames: [] };
      connections.push(connection);
      socket.on("message", (frame) => connection.frames.push(String(frame)));
      socket.on("close", (code) => {
        connection.code = code;
      });
    });
    page = await browser.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(`${site.origin}/blank`);
    await page.addScriptTag({ content: script });
  });

  afterEach(async () => {
    await page.close();
    await peer.close();
    expect(complaints).toEqual([]);
  });

  it("has one socket in StrictMode, and asks for one token", async () => {
    await page.evaluate((url) => reactChat.mount(url), peer.url);
    await page.evaluate(() => reactChat.shows("open"));
    await expect.poll(() => connections[0]?.frames, { timeout: PATIENCE_MS }).toEqual(["first render 0"]);
    expect(connections).toHaveLength(1);
    expect(await page.evaluate(() => globalThis.tokens)).toEqual({ asked: 1, aborted: 0 });
  });

  it("keeps its socket whatever is rendered, and calls the latest callback", async () => {
    await page.evaluate((url) => reactChat.mount(url), peer.url);
    await page.evaluate(() => reactChat.shows("open"));
    await page.evaluate(() => reactChat.renderAgain(30));
    await page.evaluate(() => reactChat.shows("open 30"));
    connections[0]?.socket.send("hello");
    await expect.poll(() => page.title(), { timeout: PATIENCE_MS }).toBe("hello at render 30");
    expect(connections).toHaveLength(1);
  });

  it("takes over what a server rendered", async () => {
    await page.evaluate((url) => reactChat.hydrate(url), peer.url);
    await page.evaluate(() => reactChat.shows("open"));
    expect(connections).toHaveLength(1);
  });

  it("shares one socket among the components of a provider, and tells each of them", async () => {
    await page.evaluate((url) => reactChat.share(url), peer.url);
    await page.evaluate(() => reactChat.shows("c open nothing"));
    connections[0]?.socket.send("hello");
    for (const name of ["a", "b", "c"])
      await page.evaluate((text) => reactChat.shows(text), `${name} open hello`);
    expect(connections).toHaveLength(1);
  });

  it("comes back after the server went away, and shows it", async () => {
    await page.evaluate((url) => reactChat.mount(url), peer.url);
    await page.evaluate(() => reactChat.shows("open"));
    connections[0]?.socket.close(1012);
    await expect.poll(() => connections.length, { timeout: PATIENCE_MS }).toBe(2);
    await page.evaluate(() => reactChat.shows("open"));
    expect(await page.evaluate(() => reactChat.shown)).toContain("waiting 0");
  });

  it("closes its socket with the component, and connects anew with the next", async () => {
    await page.evaluate((url) => reactChat.mount(url), peer.url);
    await page.evaluate(() => reactChat.shows("open"));
    await page.evaluate(() => reactChat.unmount());
    await expect.poll(() => connections[0]?.code, { timeout: PATIENCE_MS }).toBe(1000);
    await page.evaluate((url) => reactChat.mount(url), peer.url);
    await page.evaluate(() => reactChat.shows("open"));
    expect(connections).toHaveLength(2);
  });

  it("changes nothing that a test did not wait for", async () => {
    await page.evaluate((url) => reactChat.act(url), peer.url);
    await expect.poll(() => connections[0]?.code, { timeout: PATIENCE_MS }).toBe(1000);
    expect(connections).toHaveLength(1);
  });

  it("gives up the token that it waits for when the component goes", async () => {
    await page.evaluate(async (url) => {
      await reactChat.mount(url);
      await reactChat.unmount();
    }, peer.url);
    expect(await page.evaluate(() => globalThis.tokens.aborted)).toBe(
      await page.evaluate(() => globalThis.tokens.asked),
    );
  });
});
