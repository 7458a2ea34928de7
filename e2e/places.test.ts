import {
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  FRAMES_RECEIVED,
  SESSIONS_STARTED,
  TELEMETRY_LOST,
} from "@sockscope/catalog";
import { describe, expect, it } from "vitest";
import { bundle } from "./testing/clients.test-support.ts";
import { type Exposition, movedSeries, seriesName, totalOf } from "./testing/exposition.test-support.ts";
import { PLAIN_APP } from "./testing/plain-page.test-support.ts";
import { setPlainScene } from "./testing/plain-scene.test-support.ts";
import { watch } from "./testing/watched-page.test-support.ts";

declare global {
  /** In a page with a second bundle: starts the SDK that this one carries. */
  function startAgain(collector: string, app: string): typeof sockscope;
  /** What the page's policy has refused. */
  var refusedByPolicy: string[];
}

describe.concurrent("the SDK in", () => {
  const scene = setPlainScene();
  const { collect } = scene;

  /** What one connection with one frame is, wherever it was. */
  function isOneConnection(now: Exposition): void {
    expect(movedSeries(now, CONNECT_ATTEMPTS)).toEqual({
      [seriesName(CONNECT_ATTEMPTS.name, { outcome: "opened", trigger: "initial" })]: 1,
    });
    expect(totalOf(now, CONNECT_DURATION)).toBe(1);
    expect(totalOf(now, FRAMES_RECEIVED)).toBe(1);
    expect(totalOf(now, SESSIONS_STARTED)).toBe(1);
    expect(totalOf(now, TELEMETRY_LOST)).toBe(0);
  }

  it("a worker counts what the worker does", async () => {
    const collector = await collect();
    const page = await scene.browser.newPage();
    const { faults } = watch(page);
    await page.goto(`${scene.site.origin}/blank`);
    const problems = await page.evaluate(
      ([code, message]) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(URL.createObjectURL(new Blob([code])));
          worker.addEventListener("message", ({ data }) => resolve(data));
          worker.addEventListener("error", ({ message }) => reject(new Error(message)));
          worker.postMessage(message);
        }),
      [await bundle("worker.ts"), { collector: collector.url, app: PLAIN_APP, url: scene.peer.url }] as const,
    );
    expect(problems).toEqual([]);
    expect(faults).toEqual([]);
    isOneConnection(await collector.scrape());
    await page.close();
  });

  it("an iframe counts what the frame does, and its end when the page removes it", async () => {
    const collector = await collect();
    const page = await scene.browser.newPage();
    const { faults, problems } = watch(page);
    await page.goto(`${scene.site.origin}/blank`);
    await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const frame = Object.assign(document.createElement("iframe"), { src: url, onload: resolve });
          document.body.append(frame);
        }),
      scene.site.urlFor(collector.url),
    );
    const frame = page.frames().find((candidate) => candidate !== page.mainFrame()) ?? expect.fail();
    await frame.evaluate((to) => happened(observed(to), "message"), scene.peer.url);
    await page.evaluate(() => document.querySelector("iframe")?.remove());
    const now = await collector.scrapeWhen((seen) => totalOf(seen, CLOSES) > 0);
    isOneConnection(now);
    expect(movedSeries(now, CLOSES)).toEqual({
      [seriesName(CLOSES.name, { code: "none", phase: "opened", ended_by: "left" })]: 1,
    });
    expect(faults).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("a page whose policy is strict, trusted types included, asks for nothing that is refused", async () => {
    const collector = await collect();
    const page = await scene.browser.newPage();
    const { faults, problems } = watch(page);
    await page.addInitScript(() => {
      globalThis.refusedByPolicy = [];
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        globalThis.refusedByPolicy.push(`${violatedDirective} ${blockedURI}`),
      );
    });
    await page.goto(`${scene.site.urlFor(collector.url)}&strict`);
    await page.evaluate((to) => happened(observed(to), "message"), scene.peer.url);
    await page.evaluate(() => sockscope.flush());
    isOneConnection(await collector.scrape());
    expect(await page.evaluate(() => globalThis.refusedByPolicy)).toEqual([]);
    // The policy is in force.
    await expect(page.evaluate(() => document.body.insertAdjacentHTML("beforeend", "<p>"))).rejects.toThrow(
      "TrustedHTML",
    );
    expect(faults).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("two bundles of one page is one, and counts a socket that both observe once", async () => {
    const collector = await collect();
    const page = await scene.site.open(scene.browser, collector.url);
    await page.addScriptTag({ content: await bundle("second-bundle.ts") });
    const isOne = await page.evaluate(
      async ([url, app, to]) => {
        const again = startAgain(url, app);
        const socket = observed(to);
        again.observe(socket);
        await happened(socket, "message");
        await Promise.all([again.flush(), sockscope.flush()]);
        return again === sockscope && again.session === sockscope.session;
      },
      [collector.url, PLAIN_APP, scene.peer.url] as const,
    );
    expect(isOne).toBe(true);
    isOneConnection(await collector.scrape());
    await page.close();
  });
});
