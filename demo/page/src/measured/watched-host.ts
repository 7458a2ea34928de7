import { browserHost, type FetchAnswer, type Host } from "@sockscope/sdk";
import type { Measurements } from "./measurements.ts";

/** The browser as the SDK's host, with every batch that leaves through it listed. */
export function watchedHost(measurements: Measurements): Host {
  const browser = browserHost();
  return {
    ...browser,
    fetch: (url, init) => watchedFetch(browser.fetch(url, init), String(init.body), measurements),
    sendBeacon: (url, body) => {
      const isQueued = browser.sendBeacon(url, body);
      measurements.addBatch(titleOf(body), isQueued ? "handed to the browser" : "beacon refused", "neutral");
      return isQueued;
    },
  };
}

async function watchedFetch(
  answer: Promise<FetchAnswer>,
  body: string,
  measurements: Measurements,
): Promise<FetchAnswer> {
  try {
    const { status } = await answer;
    const isCounted = status === 204;
    measurements.addBatch(
      titleOf(body),
      isCounted ? "204 counted" : `${status} refused`,
      isCounted ? "good" : "bad",
    );
  } catch {
    measurements.addBatch(titleOf(body), "no answer, will be sent again", "bad");
  }
  return answer;
}

function titleOf(body: string): string {
  const [head = "", ...series] = body.split("\n");
  const [seq, , leaving] = head.split(" ");
  const content = series.length === 0 ? "keep-alive" : `${series.length} series`;
  return `Batch ${seq}: ${leaving ? `${content}, leaving` : content}`;
}
