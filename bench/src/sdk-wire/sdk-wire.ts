import { until } from "@sockscope/stack";
import type { Browser } from "playwright-core";
import { startChromium } from "../chromium.ts";
import { compareCosts, type Measurement } from "../measurement.ts";
import { peer } from "../peer.ts";
import { type PageName, serveSite } from "../site.ts";
import { type ChatServer, startChatServer } from "./chat-server.ts";
import { type Minute, minuteOf } from "./minute.ts";
import { type RecordingCollector, startRecordingCollector } from "./recording-collector.ts";

const PEER = `${peer("@opentelemetry/exporter-metrics-otlp-http")}, as often, as JSON`;

/** A page has to be seen for that long: an idle one sends its next batch no sooner, in ms. */
const LEAST_MS = 44_500;

/** By then every page has, in ms. */
const TIMEOUT_MS = 90_000;

/** In a busy minute a page sends 20 frames, two of them pings, in an idle one none. In ms. */
const SAY_EVERY_MS = 3_000;

/** With the answers to what the page says, and these, it receives 60 frames in a busy minute. In ms. */
const UNASKED_EVERY_MS = 15_000;

/** What a page sends to a collector while it is connected, once as the SDK does it and once through OpenTelemetry. */
export async function sdkWire(report: (measurement: Measurement) => void): Promise<void> {
  const site = await serveSite();
  const idle = await startChatServer(0);
  const busy = await startChatServer(UNASKED_EVERY_MS);
  const browser = await startChromium();
  const collectors: RecordingCollector[] = [];
  async function minute(name: PageName, chat: ChatServer, sayEveryMs: number): Promise<Minute> {
    const collector = await startRecordingCollector();
    collectors.push(collector);
    const address = { collector: collector.origin, chat: chat.url, say: String(sayEveryMs) };
    await open(browser, `${site.origin}/${name}?${new URLSearchParams(address)}`);
    const found = await until(async () => minuteOf(collector.arrivals, LEAST_MS), { timeoutMs: TIMEOUT_MS });
    if (!found)
      throw new Error(`The page ${name} sent ${collector.arrivals.length} batches; nothing to measure.`);
    return found;
  }
  try {
    const [ours, theirs, oursBusy, theirsBusy] = await Promise.all([
      minute("sockscope", idle, 0),
      minute("opentelemetry", idle, 0),
      minute("sockscope", busy, SAY_EVERY_MS),
      minute("opentelemetry", busy, SAY_EVERY_MS),
    ]);
    compare("an idle client-minute", ours, theirs);
    compare("a busy client-minute", oursBusy, theirsBusy);
  } finally {
    await browser.close();
    for (const part of [site, idle, busy, ...collectors]) await part.close();
  }

  function compare(when: string, mine: Minute, others: Minute): void {
    const figures = { bench: "sdk-wire", peer: PEER };
    report(
      compareCosts({
        ...figures,
        value: mine.bodyBytes,
        unit: `B of bodies ${when}`,
        peerValue: others.bodyBytes,
      }),
    );
    report(
      compareCosts({
        ...figures,
        value: mine.bytes,
        unit: `B with HTTP headers ${when}`,
        peerValue: others.bytes,
      }),
    );
  }
}

/** In a window of its own, where it is seen like any other. */
async function open(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
}
