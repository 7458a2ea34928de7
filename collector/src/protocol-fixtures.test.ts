import { COLLECTOR_REFUSALS, REQUESTED_APP } from "@sockscope/catalog";
import { FIXTURE_APPS, FIXTURE_CATALOG, type FixtureBody, readFixtures } from "@sockscope/catalog/fixtures";
import { describe, expect, it } from "vitest";
import { scrape } from "./testing/scrape.test-support.ts";
import { codeOf, send } from "./testing/send.test-support.ts";
import { startTestCollector } from "./testing/start.test-support.ts";

function carriedBy(body: FixtureBody): string | Uint8Array | undefined {
  if (body === null) return undefined;
  return typeof body === "string" ? body : Buffer.from(body.base64, "base64");
}

function requestedApp(path: string): string | null {
  const app = new URL(path, "http://collector.example").searchParams.get("app");
  return FIXTURE_APPS.some(({ name }) => name === app) ? app : REQUESTED_APP.other;
}

describe("the examples of PROTOCOL.md", () => {
  const fixtures = readFixtures();

  it("exist", () => {
    expect(fixtures.length).toBeGreaterThan(0);
  });

  it.each(fixtures)("$name: answers and exposes as written", async ({ exchanges, series }) => {
    const { ingestUrl, adminUrl } = await startTestCollector({
      apps: FIXTURE_APPS,
      catalog: FIXTURE_CATALOG,
    });
    const refused = new Map<string, number>();
    for (const { request, answer } of exchanges) {
      const received = await send(ingestUrl, { ...request, body: carriedBy(request.body) });
      expect({ status: received.status, code: codeOf(received) }).toEqual({ code: undefined, ...answer });
      if (answer.code === undefined) continue;
      const series = `${COLLECTOR_REFUSALS.name}{app="${requestedApp(request.path)}",code="${answer.code}"}`;
      refused.set(series, (refused.get(series) ?? 0) + 1);
    }
    const exposed = await scrape(adminUrl);
    for (const [name, value] of [...Object.entries(series), ...refused])
      expect([name, exposed.get(name)]).toEqual([name, value]);
  });
});
