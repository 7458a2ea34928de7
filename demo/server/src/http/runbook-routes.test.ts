import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
])("reads nothing but the folder's pages for %j", async (name) => {
  const { status, body } = await getPath(await served(), `/runbooks/${name}`);
  expect(status).toBe(404);
  expect(body).not.toMatch(/^secret/);
});

it("says which runbooks there are when one is asked for that is not", async () => {
  const answer = await fetch(`${await served()}/runbooks/WsUp.md`);
  expect(await answer.json()).toEqual({
    code: "DEMO_ERR_RUNBOOK",
    message: 'There is no runbook "WsUp.md"; there are: README.md, WsDown.md, index.json.',
  });
});
