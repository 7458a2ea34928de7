import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DemoOptions } from "../demo-options.ts";
import {
  ChatClient,
  login,
  post,
  setCookieOf,
  startTestDemo,
  type TestDemo,
  webSocket,
} from "../testing/demo.test-support.ts";
import { RENEWABLE_MS } from "./renewal.ts";

const LIFETIME_MS = 900_000;

let nowMs: number;
let demo: TestDemo;
beforeEach(() => {
  nowMs = Date.now();
});
afterEach(async () => {
  await demo.close();
});

async function started(options: Partial<DemoOptions> = {}): Promise<string> {
  demo = await startTestDemo({ now: () => nowMs, ...options });
  return login(demo);
}

async function renewed(
  cookie: string,
): Promise<{ status: number; code?: string; cookie?: string | undefined }> {
  const response = await post(demo, "/session/renew", cookie);
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, ...(code && { code }), cookie: setCookieOf(response) };
}

describe("a session that is renewed", () => {
  it("goes on after its token expired, within a limit", async () => {
    const cookie = await started();
    nowMs += LIFETIME_MS + RENEWABLE_MS;
    expect((await renewed(cookie)).status).toBe(200);
    nowMs += 1;
    expect(await renewed(cookie)).toMatchObject({ status: 401, code: "DEMO_ERR_SESSION_TOO_OLD" });
  });

  it("keeps its open connections", async () => {
    const cookie = await started();
    const client = await ChatClient.connect(demo, cookie);
    const other = await ChatClient.connect(demo, await login(demo));
    nowMs += LIFETIME_MS / 2;
    await renewed(cookie);
    // What was planned for the old token is not; what is for the new one comes later.
    demo.time.advance(LIFETIME_MS - 1);
    await client.rest();
    nowMs += LIFETIME_MS;
    demo.time.advance(LIFETIME_MS);
    expect(await client.closed).toMatchObject({ code: 4401 });
    expect(await other.closed).toMatchObject({ code: 4401 });
  });

  it("survives the rotation of keys, on both sides of it", async () => {
    const cookie = await started();
    demo.rotateKeys();
    const next = await renewed(cookie);
    expect(next.status).toBe(200);
    demo.rotateKeys();
    expect((await renewed(cookie)).status).toBe(401);
    await (await ChatClient.connect(demo, next.cookie ?? "")).hello();
  });
});

describe("a session that cannot be renewed", () => {
  it("is none", async () => {
    await started();
    expect(await renewed("")).toMatchObject({ status: 401, code: "DEMO_ERR_SESSION" });
  });

  it("was signed out, which closes its connections", async () => {
    const cookie = await started();
    const client = await ChatClient.connect(demo, cookie);
    const response = await post(demo, "/session/sign-out", cookie);
    expect(response.headers.getSetCookie()[0]).toContain("Max-Age=0");
    expect(await client.closed).toEqual({ code: 4401, reason: "authentication_required" });
    expect(await renewed(cookie)).toMatchObject({ status: 401, code: "DEMO_ERR_SIGNED_OUT" });
  });

  it("was signed out, although nobody can write that down", async () => {
    const stateDir = mkdtempSync(join(tmpdir(), "sockscope-state-"));
    const cookie = await started({ stateDir });
    const client = await ChatClient.connect(demo, cookie);
    rmSync(stateDir, { recursive: true });
    const response = await post(demo, "/session/sign-out", cookie);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: "DEMO_ERR_SIGN_OUT_NOT_KEPT" });
    expect(response.headers.getSetCookie()[0]).toContain("Max-Age=0");
    expect(await client.closed).toEqual({ code: 4401, reason: "authentication_required" });
    expect(await renewed(cookie)).toMatchObject({ status: 401, code: "DEMO_ERR_SIGNED_OUT" });
    expect(demo.lines).toContainEqual(expect.objectContaining({ event: "error" }));
  });

  it("does not connect either, although its token has not expired", async () => {
    const cookie = await started();
    await post(demo, "/session/sign-out", cookie);
    const client = await ChatClient.connect(demo, cookie);
    expect(await client.closed).toEqual({ code: 4401, reason: "authentication_required" });
  });
});

describe("the cookie", () => {
  it.each([
    ["travels over https only when that is asked for", { secureCookie: true }, {}, true],
    ["does where a proxy says that the page came over https", {}, { "x-forwarded-proto": "https" }, true],
    ["does not where nobody says so", {}, {}, false],
  ])("%s", async (_, options, headers, isSecure) => {
    await started(options);
    const [cookie = ""] = (await fetch(demo.pageUrl, { headers })).headers.getSetCookie();
    expect(cookie.includes("; Secure")).toBe(isSecure);
  });

  it("may be replaced by the address for development, and counts as that", async () => {
    const cookie = await started({ developmentQueryToken: true });
    const [, token = ""] = cookie.split("=");
    const socket = webSocket(demo, `/ws?token=${token}`, { origin: demo.pageUrl });
    const client = new ChatClient(socket);
    await once(socket, "open");
    await demo.linesWith({ event: "connect", auth_method: "query" });
    await client.hello();
  });
});
