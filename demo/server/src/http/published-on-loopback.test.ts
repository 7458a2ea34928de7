import { request } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import type { DemoOptions } from "../demo-options.ts";
import { startTestDemo } from "../testing/demo.test-support.ts";

/** The status of a POST that a page of this host sends to its own host: with a name that was made to lead here. */
async function postedFrom(host: string, options: Partial<DemoOptions>): Promise<number | undefined> {
  const demo = await startTestDemo({ host: "0.0.0.0", ...options });
  onTestFinished(async () => {
    const closed = demo.close();
    demo.time.advance(3_600_000);
    await closed;
  });
  const { port } = new URL(demo.pageUrl);
  const headers = { host: `${host}:${port}`, origin: `http://${host}:${port}` };
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: "/session/renew", method: "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

const ORIGIN_REFUSED = 403;
const NO_SESSION = 401;

it("knows only loopback's names where it is published there, although it listens everywhere", async () => {
  const published = { publishedOnLoopback: true };
  expect(await postedFrom("rebound.test", published)).toBe(ORIGIN_REFUSED);
  expect(await postedFrom("127.0.0.1", published)).toBe(NO_SESSION);
});

it("is called by whatever name leads to it where it listens everywhere", async () => {
  expect(await postedFrom("chat.test", {})).toBe(NO_SESSION);
});
