import { KEEP_ALIVE_MS } from "@sockscope/catalog/protocol";
import type { Environment } from "./environment.ts";
import { SockscopeOptionsError } from "./options-error.ts";
import type { OwnVocabulary } from "./vocabulary.ts";

/**
 * What `start` needs to know.
 *
 * @typeParam Received names of own frames from the server
 * @typeParam Sent names of own frames to the server
 */
export interface SockscopeOptions<Received extends string = string, Sent extends string = string>
  extends OwnVocabulary<Received, Sent> {
  /**
   * The collector's base URL: absolute, http or https; a path is kept, so that a proxy may serve the collector under one.
   * With credentials, a query or a fragment in it, `start` throws.
   */
  readonly collector: string;
  /** The app's name, as the collector is configured with it. An unknown app makes the collector refuse every batch. */
  readonly app: string;
  /** The app's public key, if the collector is configured with one. Default: none. */
  readonly key?: string;
  /**
   * What the page was built from: a version or a commit, at most 64 characters. Has a place where the collector is
   * configured with releases; one that was not announced there counts as `other`. Default: none, which is `other`, too.
   */
  readonly release?: string;
  /**
   * How often measurements are sent, in ms. Default: {@link DEFAULT_FLUSH_INTERVAL_MS}. Below
   * {@link MIN_FLUSH_INTERVAL_MS} or above the protocol's `KEEP_ALIVE_MS`, `start` throws.
   */
  readonly flushIntervalMs?: number;
  /** Default: the browser's globals. */
  readonly environment?: Environment;
}

/** How often a page sends, in ms, unless told otherwise. */
export const DEFAULT_FLUSH_INTERVAL_MS = 10_000;

/** The shortest flush interval, in ms: every open page is a writer. */
export const MIN_FLUSH_INTERVAL_MS = 100;

/**
 * The collector's base URL without trailing slashes.
 *
 * @throws SockscopeOptionsError when an option cannot work
 */
export function checkedCollector({
  collector,
  app,
  key,
  release,
  flushIntervalMs = DEFAULT_FLUSH_INTERVAL_MS,
}: SockscopeOptions): string {
  const url = baseUrl(collector);
  check("collector", collector, url, "an http(s) URL of origin and path only");
  check("app", app, isText(app), "the app's name");
  check("key", key, key === undefined || isText(key), "the app's public key");
  check("release", release, release === undefined || isText(release), "the page's release");
  const interval = `from ${MIN_FLUSH_INTERVAL_MS} to ${KEEP_ALIVE_MS}`;
  check("flushIntervalMs", flushIntervalMs, isInterval(flushIntervalMs), interval);
  return url as string;
}

function check(option: string, received: unknown, isGood: unknown, advice: string): void {
  if (!isGood) throw new SockscopeOptionsError(option, received, advice);
}

/** Absolute, and with nothing before the host or behind the path; undefined for any other. */
function baseUrl(text: string): string | undefined {
  try {
    const { href, origin, pathname } = new URL(text);
    if (/^http/.test(href) && href === origin + pathname) return href.replace(/\/+$/, "");
  } catch {}
  return undefined;
}

/** Not empty, short, and without lone surrogates, which cannot travel in a URL. */
function isText(text: unknown): boolean {
  return typeof text === "string" && /^\P{Cs}{1,64}$/u.test(text);
}

function isInterval(ms: unknown): boolean {
  return typeof ms === "number" && ms >= MIN_FLUSH_INTERVAL_MS && ms <= KEEP_ALIVE_MS;
}
