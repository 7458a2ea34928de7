import type { Page } from "playwright-core";

/** What a page has said so far. */
export interface WatchedPage {
  /** Exceptions that nobody caught, and promises that nobody caught the rejection of. */
  readonly faults: readonly string[];
  /** What the SDK told the developer on the console. */
  readonly problems: readonly string[];
}

/** Listens to a page from now on. */
export function watch(page: Page): WatchedPage {
  const faults: string[] = [];
  const problems: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.text().startsWith("[sockscope]")) problems.push(message.text());
  });
  return { faults, problems };
}
