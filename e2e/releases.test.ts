import { CLOSES, createCatalog } from "@sockscope/catalog";
import { batchPath, batchText, counterLine, seriesText } from "@sockscope/catalog/protocol";
import { type Collector, startCollector } from "@sockscope/collector";
import { afterEach, describe, expect, it } from "vitest";
import { scrape, seriesName } from "./testing/exposition.test-support.ts";
import { testRules } from "./testing/promtool.test-support.ts";
import type { InputSeries } from "./testing/series.test-support.ts";

const TOKEN = "0123456789abcdef";
const ORIGIN = "https://chat.example";
const SCRAPE_SECONDS = 15;
/** Closes of all pages between two scrapes, always as many. */
const CLOSES_PER_SCRAPE = 10;
const CLOSED = { code: "4401", phase: "opened", ended_by: "peer" };

let collector: Collector;
let seq = 0;

afterEach(() => collector.close());

async function startWith(releases: readonly string[]): Promise<void> {
  const anywhere = { host: "127.0.0.1", port: 0 };
  collector = await startCollector({
    listen: anywhere,
    admin: anywhere,
    apps: [{ name: "chat", origins: [ORIGIN] }],
    catalog: createCatalog({ hasReleases: true }),
    releases,
    announceToken: TOKEN,
  });
}

/** The pages of a release are closed so many times. */
async function close(release: string, closes: number): Promise<void> {
  const session = "0".repeat(24) + Buffer.from(release.padEnd(4, "-")).toString("hex");
  seq += 1;
  const line = counterLine(seriesText(CLOSES.name, Object.values(CLOSED)), closes);
  const { status } = await fetch(collector.ingestUrl + batchPath(session, { app: "chat", release }), {
    method: "POST",
    headers: { origin: ORIGIN, "content-type": "text/plain" },
    body: batchText({ seq, closedMsAgo: 0, leaving: false }, [line]),
  });
  expect(status).toBe(204);
}

async function announce(release: string): Promise<void> {
  const { status } = await fetch(`${collector.adminUrl}/releases`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ release }),
  });
  expect(status).toBe(200);
}

/** What Prometheus has of the closes after some scrapes, in promtool's notation: a series that is gone is stale. */
class Scrapes {
  readonly #samples = new Map<string, string[]>();
  #scrapes = 0;

  async take(): Promise<void> {
    const exposed = await scrape(`${collector.adminUrl}/metrics`);
    const ours = (series: string): boolean =>
      series.startsWith(`${CLOSES.name}{`) &&
      Object.values(CLOSED).every((value) => series.includes(`"${value}"`));
    for (const series of [...exposed.keys()].filter(ours))
      if (!this.#samples.has(series)) this.#samples.set(series, Array<string>(this.#scrapes).fill("_"));
    for (const [series, samples] of this.#samples) samples.push(String(exposed.get(series) ?? "stale"));
    this.#scrapes += 1;
  }

  get input(): InputSeries[] {
    return [...this.#samples].map(([series, samples]) => ({ series, values: samples.join(" ") }));
  }

  /** The time of the last scrape. */
  get end(): number {
    return (this.#scrapes - 1) * SCRAPE_SECONDS;
  }
}

/** The pages of two releases close as ever, while something is announced on the way. */
async function deploy(at: Readonly<Record<number, string>>): Promise<Scrapes> {
  const scrapes = new Scrapes();
  await scrapes.take();
  for (let number = 1; number <= 80; number += 1) {
    const release = at[number];
    if (release !== undefined) await announce(release);
    await close("r1", CLOSES_PER_SCRAPE / 2);
    await close("r5", CLOSES_PER_SCRAPE / 2);
    await scrapes.take();
  }
  return scrapes;
}

/** By how much `increase()` of all releases is ever off, as a share of the truth. */
async function isRightWithin(share: number, scrapes: Scrapes): Promise<string> {
  const range = 300;
  const truth = (CLOSES_PER_SCRAPE * range) / SCRAPE_SECONDS;
  const sum = `sum(increase(${seriesName(CLOSES.name, CLOSED)}[${range}s]))`;
  const times = Array.from(
    { length: (scrapes.end - range) / SCRAPE_SECONDS },
    (_, i) => range + i * SCRAPE_SECONDS,
  );
  const { output } = await testRules(
    [],
    [
      {
        interval: `${SCRAPE_SECONDS}s`,
        input_series: scrapes.input,
        promql_expr_test: times.map((time) => ({
          expr: `abs(${sum} / ${truth} - 1) > ${share}`,
          eval_time: `${time}s`,
          exp_samples: [],
        })),
      },
    ],
    `${SCRAPE_SECONDS}s`,
  );
  return output;
}

describe("increase() over all releases", () => {
  it("is right while a release whose pages are still there loses its name", async () => {
    await startWith(["r1", "r2", "r3", "r4", "r5"]);
    const scrapes = await deploy({ 40: "r6" });
    expect(scrapes.input).toHaveLength(7);
    expect(await isRightWithin(0.05, scrapes)).toContain("SUCCESS");
  });

  it("is right while a release gets its name back", async () => {
    await startWith(["r1", "r2", "r3", "r4", "r5"]);
    const scrapes = await deploy({ 30: "r6", 36: "r1", 37: "r5" });
    expect(await isRightWithin(0.05, scrapes)).toContain("SUCCESS");
  });
});
