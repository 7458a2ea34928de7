import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import express from "express";
import { expect, it, onTestFinished } from "vitest";
import { baseUrl, listen, stopListening } from "./listen.ts";
import { runbookRoutes } from "./runbook-routes.ts";

async function served(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "sockscope-runbooks-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "runbooks"));
  writeFileSync(join(root, "secret.md"), "secret");
  writeFileSync(join(root, "runbooks", "README.md"), "[one](WsDown.md)");
  writeFileSync(join(root, "runbooks", "notes.txt"), "secret");
  writeFileSync(join(root, "runbooks", "index.json"), "[]");
  writeFileSync(join(root, "runbooks", "WsDown.md"), "# WsDown\n\n| a |\n|---|\n| b |\n");
  mkdirSync(join(root, "runbooks", "folder.md"));
  writeFileSync(join(root, "runbooks", ".hidden.md"), "secret");
  symlinkSync(join(root, "secret.md"), join(root, "runbooks", "out.md"));
  symlinkSync("WsDown.md", join(root, "runbooks", "Within.md"));
  symlinkSync("nothing.md", join(root, "runbooks", "broken.md"));
  const app = express().use("/runbooks", runbookRoutes(join(root, "runbooks")));
  const server = createServer(app);
  onTestFinished(() => stopListening(server));
  return baseUrl("127.0.0.1", await listen(server, "127.0.0.1", 0));
}

/** As it stands: fetch would resolve the dots itself. */
function getPath(url: string, path: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    get(url, { path }, async (response) =>
      resolve({ status: response.statusCode, body: await text(response) }),
    ).on("error", reject);
  });
}

it("shows a runbook as a page on which nothing can run", async () => {
  const answer = await fetch(`${await served()}/runbooks/WsDown.md`);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'self';/);
  const html = await answer.text();
  expect(html).toContain("<title>WsDown</title>");
  expect(html).toContain("<h1>WsDown</h1>");
  expect(html).toContain("<td>b</td>");
});

it("leads from the folder to its first page, and has a style and the index for machines", async () => {
  const url = await served();
  const first = await fetch(`${url}/runbooks`);
  expect(first.url).toBe(`${url}/runbooks/README.md`);
  expect(await first.text()).toContain('<a href="WsDown.md">');
  expect((await fetch(`${url}/runbooks/style.css`)).headers.get("content-type")).toContain("text/css");
  expect(await (await fetch(`${url}/runbooks/index.json`)).json()).toEqual([]);
});

it.each([
  "../secret.md",
  "..%2fsecret.md",
  "%2e%2e%2fsecret.md",
  "..%5csecret.md",
  "notes.txt",
  "WsDown.md%00",
  "folder.md",
  ".hidden.md",
  "out.md",
  "broken.md",
])("reads nothing but the folder's pages for %j", async (name) => {
  const { status, body } = await getPath(await served(), `/runbooks/${name}`);
  expect(status).toBe(404);
  expect(body).not.toContain("<p>secret");
});

it("follows a link within the folder", async () => {
  expect(await (await fetch(`${await served()}/runbooks/Within.md`)).text()).toContain("<h1>WsDown</h1>");
});

it("says which runbooks there are when one is asked for that is not", async () => {
  const answer = await fetch(`${await served()}/runbooks/WsUp.md`);
  expect(await answer.json()).toEqual({
    code: "DEMO_ERR_RUNBOOK",
    message: 'There is no runbook "WsUp.md"; there are: README.md, Within.md, WsDown.md, index.json.',
  });
});
