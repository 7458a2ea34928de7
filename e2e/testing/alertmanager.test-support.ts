import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, readPrograms, startAlertmanager } from "@sockscope/stack";
import { stringify } from "yaml";

/** What Alertmanager says of an alert that it holds. */
export interface HeldAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly status: { readonly state: "active" | "suppressed" | "unprocessed" };
  readonly receivers: readonly { readonly name: string }[];
}

/** An Alertmanager of a test's own. */
export interface TestAlertmanager {
  /** Fires alerts, which nobody resolves. */
  fire(alerts: readonly { labels: object; annotations?: object }[]): Promise<void>;
  held(): Promise<readonly HeldAlert[]>;
  stop(): Promise<void>;
}

/** Starts one with this configuration, whose files for secrets are in the folder that it is made for. */
export async function alertmanagerWith(
  configurationIn: (folder: string) => object,
): Promise<TestAlertmanager> {
  const folder = mkdtempSync(join(tmpdir(), "sockscope-alertmanager-"));
  const configuration = join(folder, "alertmanager.yml");
  writeFileSync(configuration, stringify(configurationIn(folder)));
  const { url, stop } = await startAlertmanager({
    programs: readPrograms(),
    stateDir: folder,
    configuration,
    port: await freePort(),
  });
  return {
    async fire(alerts) {
      const answer = await fetch(`${url}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(alerts),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    held: async () => (await (await fetch(`${url}/api/v2/alerts`)).json()) as HeldAlert[],
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Something that Alertmanager sent. */
export interface Delivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Whoever is called in the world outside, and takes everything. */
export interface Pager {
  readonly url: string;
  readonly deliveries: readonly Delivery[];
  stop(): Promise<void>;
}

/** Starts one that answers as PagerDuty and JSM do. */
export async function startPager(): Promise<Pager> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      deliveries.push({ path: request.url ?? "", headers: request.headers, body: JSON.parse(text) });
      response.writeHead(202, { "content-type": "application/json" }).end('{"status":"success"}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
