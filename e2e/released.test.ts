import { COLLECTOR_LEFT_OUT, CONNECT_ATTEMPTS, FRAMES_RECEIVED } from "@sockscope/catalog";
import * as sdk from "@sockscope/sdk";
import { describe, expect, it } from "vitest";
import {
  ReleasedPage,
  type ReleasedSdk,
  releasedVersions,
  startReleasedCollector,
} from "../collector/src/testing/released.test-support.ts";

describe.each(releasedVersions())("today's SDK with the collector of release %s", (version) => {
  it("is understood where it says what it always said, and refused nowhere", async () => {
    const { ingestUrl, exposed } = await startReleasedCollector(version);
    const page = new ReleasedPage(sdk as unknown as ReleasedSdk, ingestUrl);
    const connection = page.connect();
    connection.receive('{"type":"pong","id":1}');
    page.pass(60_000);
    connection.end(1012);
    await page.flush();
    page.connect();
    page.pass(sdk.DEFAULT_FLUSH_INTERVAL_MS);
    await page.leave();
    expect(page.answers.map(({ status }) => status)).toEqual([204, 204]);
    const now = exposed();
    const opened = `${CONNECT_ATTEMPTS.name}{app="chat",outcome="opened",trigger="initial"}`;
    expect(now.get(opened)).toBe(2);
    expect(now.get(`${FRAMES_RECEIVED.name}{app="chat",event="pong"}`)).toBe(1);
    const leftOut = [...now].filter(([series]) => series.startsWith(COLLECTOR_LEFT_OUT.name));
    // Durations in pairs of bounds.
    expect(leftOut.reduce((sum, [, lines]) => sum + lines, 0)).toBeGreaterThan(0);
  });
});
