import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { generatedFolder } from "./generated-folder.ts";
import { startPreviewServer } from "./preview-server.ts";

/** A folder with a site and what was generated. */
function folder(): string {
  const root = mkdtempSync(join(tmpdir(), "sockscope-preview-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const name of ["site/assets", "dashboards", "runbooks"])
    mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, "site", "index.html"), "<p>Hello</p>");
  writeFileSync(join(root, "site", "assets", "a.js"), "hello()");
  return root;
}

async function served(root: string, prometheusUrl = "http://127.0.0.1:9"): Promise<string> {
  const server = await startPreviewServer({
    port: 0,
    site: join(root, "site"),
    generated: generatedFolder({ dashboards: join(root, "dashboards"), runbooks: join(root, "runbooks") }),
    scrapeInterval: "5s",
    prometheusUrl,
    alertmanagerUrl: prometheusUrl,
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("goes on when its site is deleted under it", async () => {
  const root = folder();
  const url = await served(root);
  expect(await (await fetch(`${url}/assets/a.js`)).text()).toBe("hello()");
  rmSync(join(root, "site"), { recursive: true });
  expect((await fetch(`${url}/assets/a.js`)).status).toBe(404);
  expect((await fetch(`${url}/`)).status).toBe(404);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

it("answers 500 for what cannot be read, says why, and goes on", async () => {
  const root = folder();
  const url = await served(root);
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  rmSync(join(root, "dashboards"), { recursive: true });
  expect((await fetch(`${url}/api/preview`)).status).toBe(500);
  expect(said).toHaveBeenCalledWith(expect.stringContaining("GET /api/preview: Error: ENOENT"));
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

it("stops asking when whoever asked has gone", async () => {
  // It takes the question, and does not answer.
  const prometheus = createServer();
  onTestFinished(() => void prometheus.close());
  await once(prometheus.listen(0, "127.0.0.1"), "listening");
  const url = await served(folder(), `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`);
  const page = new AbortController();
  const answer = fetch(`${url}/prometheus/api/v1/query?query=up`, { signal: page.signal });
  const [, toPreview] = (await once(prometheus, "request")) as [IncomingMessage, ServerResponse];
  page.abort();
  await expect(answer).rejects.toThrow("aborted");
  if (!toPreview.closed) await once(toPreview, "close");
});

it("lets its pages send nothing elsewhere", async () => {
  const policy = (await fetch(`${await served(folder())}/`)).headers.get("content-security-policy");
  expect(policy).toContain("base-uri 'none'; form-action 'none'");
});
