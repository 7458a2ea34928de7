import type { OutgoingHttpHeaders } from "node:http";
import { CLOSES, createCatalog, MOST_RELEASES, SESSIONS_ACTIVE, SESSIONS_STARTED } from "@sockscope/catalog";
import { batchPath } from "@sockscope/catalog/protocol";
import { describe, expect, it, vi } from "vitest";
import type { Collector } from "./collector.ts";
import { BATCH_HEADERS, batchText, CHAT, sessionNumber } from "./testing/batches.test-support.ts";
import { CLOSED } from "./testing/lines.test-support.ts";
import { scrape } from "./testing/scrape.test-support.ts";
import { type Answer, codeOf, send } from "./testing/send.test-support.ts";
import { startTestCollector } from "./testing/start.test-support.ts";

const TOKEN = "0123456789abcdef";
const WITH_RELEASES = { catalog: createCatalog({ hasReleases: true }), announceToken: TOKEN };

function announce(
  { adminUrl }: Collector,
  body: string | undefined,
  authorization: string | undefined = `Bearer ${TOKEN}`,
  others: OutgoingHttpHeaders = {},
): Promise<Answer> {
  const headers = { ...(authorization === "" ? {} : { authorization }), ...others };
  return send(adminUrl, { path: "/releases", headers, body });
}

function announced(collector: Collector, release: string): Promise<Answer> {
  return announce(collector, JSON.stringify({ release }));
}

/** One close of a page that was built from a release. */
async function close(
  { ingestUrl }: Collector,
  session: number,
  seq: number,
  release?: string,
): Promise<void> {
  const path = batchPath(sessionNumber(session), { app: "chat", release });
  const answer = await send(ingestUrl, { path, headers: BATCH_HEADERS, body: batchText(seq) });
  expect(answer.status).toBe(204);
}

/** The closes that are exposed, by release; undefined where there is no such series. */
async function closes({ adminUrl }: Collector, ...releases: readonly string[]) {
  const exposed = await scrape(adminUrl);
  const { code, phase, ended_by } = CLOSED;
  return releases.map((release) =>
    exposed.get(
      `${CLOSES.name}{app="chat",release="${release}",code="${code}",phase="${phase}",ended_by="${ended_by}"}`,
    ),
  );
}

describe("releases", () => {
  it("have series from their announcement on, at zero, so that the first event is an increase", async () => {
    const collector = await startTestCollector({ ...WITH_RELEASES, releases: ["1"] });
    expect(await closes(collector, "1", "2", "other")).toEqual([0, undefined, 0]);
    const answer = await announced(collector, "2");
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { kept: ["1", "2"], retired: [] }]);
    expect(await closes(collector, "1", "2", "other")).toEqual([0, 0, 0]);
    await close(collector, 1, 1, "2");
    expect(await closes(collector, "1", "2", "other")).toEqual([0, 1, 0]);
  });

  it("keep what they counted while others come, and are five", async () => {
    const collector = await startTestCollector({ ...WITH_RELEASES, releases: ["1", "2", "3", "4", "5"] });
    await close(collector, 1, 1, "1");
    await close(collector, 2, 1, "2");
    await close(collector, 3, 1);
    const { body } = await announced(collector, "6");
    expect(JSON.parse(body)).toEqual({ kept: ["2", "3", "4", "5", "6"], retired: ["1"] });
    expect(await closes(collector, "1", "2", "6", "other")).toEqual([undefined, 1, 0, 1]);
  });

  it("that lost their name count as other from then on, and nothing of before", async () => {
    const collector = await startTestCollector({ ...WITH_RELEASES, releases: ["1", "2", "3", "4", "5"] });
    for (const seq of [1, 2, 3]) await close(collector, 1, seq, "1");
    await announced(collector, "6");
    await close(collector, 1, 4, "1");
    expect(await closes(collector, "other")).toEqual([1]);
  });

  it("begin at zero again when they are announced again after they had gone", async () => {
    const collector = await startTestCollector({ ...WITH_RELEASES, releases: ["1", "2", "3", "4", "5"] });
    await close(collector, 1, 1, "1");
    await announced(collector, "6");
    await announced(collector, "1");
    expect(await closes(collector, "1", "2")).toEqual([0, undefined]);
  });

  it("have the sessions that are there, which move with their name", async () => {
    const collector = await startTestCollector({ ...WITH_RELEASES, releases: ["1"] });
    for (const seq of [1, 2]) await close(collector, 1, seq, "2");
    const sessions = async (release: string) => {
      const exposed = await scrape(collector.adminUrl);
      const labels = `{app="chat",release="${release}"}`;
      return [
        exposed.get(`${SESSIONS_STARTED.name}${labels}`),
        exposed.get(`${SESSIONS_ACTIVE.name}${labels}`),
      ];
    };
    expect(await sessions("other")).toEqual([1, 1]);
    await announced(collector, "2");
    await close(collector, 1, 3, "2");
    expect(await sessions("other")).toEqual([1, 0]);
    expect(await sessions("2")).toEqual([0, 1]);
  });

  it("that nobody announced make no series, however many there are", async () => {
    const collector = await startTestCollector({ ...WITH_RELEASES, releases: ["1"] });
    const before = (await scrape(collector.adminUrl)).size;
    for (let number = 0; number < 10_000; number += 1) await close(collector, 1, number + 1, `r${number}`);
    expect((await scrape(collector.adminUrl)).size).toBe(before);
    expect(await closes(collector, "other")).toEqual([10_000]);
  }, 60_000);

  it.each([
    ["one app", [CHAT]],
    ["several apps", [CHAT, { ...CHAT, name: "shop" }, { ...CHAT, name: "help" }]],
  ])("are as many series as was said at start, of %s", async (_how, apps) => {
    const collector = await startTestCollector({ ...WITH_RELEASES, apps, releases: ["1"] });
    expect((await scrape(collector.adminUrl)).size).toBe(collector.series);
    for (const release of ["2", "3", "4", "5", "6", "7"]) await announced(collector, release);
    expect((await scrape(collector.adminUrl)).size).toBe(collector.mostSeries);
    expect(MOST_RELEASES).toBe(5);
  });

  it("are on the status page, with the last that has no series", async () => {
    const collector = await startTestCollector({ ...WITH_RELEASES, releases: ["1"] });
    const status = async (): Promise<unknown> =>
      (
        JSON.parse((await send(collector.adminUrl, { method: "GET", path: "/status" })).body) as {
          releases?: unknown;
        }
      ).releases;
    expect(await status()).toEqual({ kept: ["1"] });
    await close(collector, 1, 1, "2");
    await close(collector, 2, 1, "1");
    await close(collector, 3, 1, "no release: it has a space");
    expect(await status()).toEqual({ kept: ["1"], last_unannounced: "2" });
  });

  it("are no label where they are not configured, whatever pages say", async () => {
    const collector = await startTestCollector();
    await close(collector, 1, 1, "2");
    const exposed = [...(await scrape(collector.adminUrl)).keys()];
    expect(exposed.filter((series) => series.includes("release="))).toEqual([]);
    expect(collector.mostSeries).toBe(collector.series);
  });
});

describe("an announcement", () => {
  it.each<[what: string, authorization: string | undefined]>([
    ["no token", ""],
    ["another token", "Bearer 0123456789abcdeg"],
    ["the token in another scheme", `Basic ${TOKEN}`],
  ])("with %s is refused", async (_what, authorization) => {
    const collector = await startTestCollector(WITH_RELEASES);
    const answer = await announce(collector, '{"release":"1"}', authorization);
    expect([answer.status, codeOf(answer)]).toEqual([401, "SOCKSCOPE_ERR_TOKEN"]);
    expect(await closes(collector, "1")).toEqual([undefined]);
  });

  it.each([
    ["nothing", undefined],
    ["no JSON", "release=1"],
    ["a list", "[]"],
    ["null", "null"],
    ["no release", "{}"],
    ["a number", '{"release":1}'],
    ["the name of all others", '{"release":"other"}'],
    ["a name that is no label", '{"release":"a b"}'],
  ])("of %s is refused", async (_what, body) => {
    const answer = await announce(await startTestCollector(WITH_RELEASES), body);
    expect([answer.status, codeOf(answer)]).toEqual([400, "SOCKSCOPE_ERR_RELEASE"]);
  });

  it.each<[what: string, status: number, headers: object, body: string, problem: string]>([
    ["too long", 413, {}, `{"release":"${"1".repeat(2000)}"}`, "is longer than 1024 bytes"],
    ["compressed", 415, { "content-encoding": "gzip" }, '{"release":"1"}', "is compressed"],
    ["compressed, and too long", 415, { "content-encoding": "br" }, "x".repeat(2000), "is compressed"],
    [
      "in an unknown charset",
      415,
      { "content-type": "text/plain; charset=klingon" },
      '{"release":"1"}',
      "is in a charset that is not read",
    ],
  ])("that is %s is refused, and told so", async (_what, status, headers, body, problem) => {
    const { adminUrl } = await startTestCollector(WITH_RELEASES);
    const authorization = `Bearer ${TOKEN}`;
    const answer = await send(adminUrl, { path: "/releases", headers: { authorization, ...headers }, body });
    expect([answer.status, codeOf(answer)]).toEqual([status, "SOCKSCOPE_ERR_RELEASE"]);
    expect(JSON.parse(answer.body)).toMatchObject({
      message: expect.stringContaining(`the body ${problem}`),
    });
  });

  it.each([
    ["charset", { "content-type": "text/plain; charset=utf-99" }],
    ["content encoding", { "content-encoding": "rot13" }],
  ])("in a %s that nobody knows is the sender's mistake, and no fault", async (_what, headers) => {
    const onFault = vi.fn();
    const collector = await startTestCollector({ ...WITH_RELEASES, onFault });
    const answer = await announce(collector, '{"release":"1"}', undefined, headers);
    expect([answer.status, codeOf(answer)]).toEqual([415, "SOCKSCOPE_ERR_RELEASE"]);
    expect(onFault).not.toHaveBeenCalled();
  });

  it("is refused where nobody has a token", async () => {
    const { catalog } = WITH_RELEASES;
    const answer = await announce(await startTestCollector({ catalog }), '{"release":"1"}');
    expect([answer.status, codeOf(answer)]).toEqual([403, "SOCKSCOPE_ERR_TOKEN"]);
  });

  it("is refused where no metric has releases", async () => {
    const answer = await announce(await startTestCollector({ announceToken: TOKEN }), '{"release":"1"}');
    expect([answer.status, codeOf(answer)]).toEqual([409, "SOCKSCOPE_ERR_RELEASE"]);
  });
});
