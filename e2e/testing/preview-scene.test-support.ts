import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type Stack, startPreview, startStack } from "@sockscope/stack";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.test-support.ts";
import { FIXTURES } from "./preview-dashboards.test-support.ts";

type Preview = Awaited<ReturnType<typeof startPreview>>;

/** A stack, and a preview of its Prometheus with dashboards that have what the generated ones lack. */
export interface PreviewScene {
  readonly stack: Stack;
  readonly browser: Browser;
  readonly fixtures: Preview;
  /** What the fixtures' preview shows: `dashboards` and `runbooks`. */
  readonly folder: string;
  /** Starts another preview of the same, which its caller stops. */
  another(site?: null): Promise<Preview>;
  stop(): Promise<void>;
}

function writeFixtures(folder: string): void {
  mkdirSync(join(folder, "dashboards"));
  mkdirSync(join(folder, "runbooks"));
  for (const [name, json] of Object.entries(FIXTURES))
    writeFileSync(join(folder, "dashboards", `${name}.json`), JSON.stringify(json));
}

/** Starts all of it. */
export async function startPreviewScene(): Promise<PreviewScene> {
  const folder = mkdtempSync(join(tmpdir(), "sockscope-preview-"));
  writeFixtures(folder);
  const stack = await startStack();
  const another = async (site?: null): Promise<Preview> =>
    startPreview({
      port: await freePort(),
      generatedDir: folder,
      scrapeInterval: "1s",
      prometheusUrl: stack.prometheus.url,
      alertmanagerUrl: stack.alertmanager.url,
      ...(site === null ? { site } : {}),
    });
  const browser = await launchBrowser();
  const fixtures = await another();
  return {
    stack,
    browser,
    fixtures,
    folder,
    another,
    async stop() {
      await browser.close();
      await fixtures.stop();
      await stack.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
