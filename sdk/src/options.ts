import { KEEP_ALIVE_MS } from "@sockscope/catalog/protocol";
import type { Host } from "./host.ts";
import type { Probe } from "./observe/probe.ts";
import { type Problem, textOf } from "./problems.ts";
import type { Sink } from "./record/sink.ts";
import type { BatchStorage } from "./ship/batch-storage.ts";
import { CLOSE_CODES_ADVICE, isCloseCodes, type OwnVocabulary } from "./vocabulary.ts";

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
   * With credentials, a query or a fragment in it, nothing is started.
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
   * {@link MIN_FLUSH_INTERVAL_MS} or above the protocol's `KEEP_ALIVE_MS`, nothing is started.
   */
  readonly flushIntervalMs?: number;
  /**
   * Which share of the page loads sends anything, from 0 to 1. Shares and quantiles stay what they are; counts and sessions
   * become that share, also those that an alert wants at the least, and what is compared with the server or with yesterday
   * drops on the day of the change. Sinks get everything. Default: 1.
   */
  readonly sampleRate?: number;
  /** Whether anything may be sent before `consent(true)` is called. Until then measurements add up in the page. Default: true. */
  readonly consent?: boolean;
  /**
   * Is shown the body of each batch, as PROTOCOL.md has it; where it answers `false`, or a promise, or throws, the batch is
   * not sent, and counted as lost. With it, nothing is armed for the case of a crash. Default: none.
   */
  readonly beforeSend?: (body: string) => unknown;
  /** Asks why attempts never open: `handshakeProbe` of `@sockscope/sdk/probe`. Default: nobody does. */
  readonly probe?: Probe;
  /**
   * Keeps batches that were not answered over a reload of the page: `tabStorage` of `@sockscope/sdk/storage`. Default: they
   * go with the page.
   */
  readonly storage?: BatchStorage;
  /** Get everything that is recorded. Default: none. */
  readonly sinks?: readonly Sink[];
  /** Is told what a developer has to mend, once each; so is the console. Default: nobody. */
  readonly onProblem?: (problem: Problem) => void;
  /** The outside world. Default: the browser's globals. */
  readonly host?: Host;
}

/** How often a page sends, in ms, unless told otherwise. */
export const DEFAULT_FLUSH_INTERVAL_MS = 15_000;

/** The shortest flush interval, in ms: every open page is a writer. */
export const MIN_FLUSH_INTERVAL_MS = 100;

/** What an option must be, and how to say it. */
interface Rule {
  readonly isMet: (value: unknown) => unknown;
  readonly advice: string;
}

const TEXT: Rule = { isMet: isText, advice: "a text of 1 to 64 characters" };
const FUNCTION: Rule = { isMet: (value) => typeof value === "function", advice: "a function" };

/** Those that may be left out; an option that nobody knows is none of ours. */
const OPTIONAL: { readonly [Option in keyof SockscopeOptions]?: Rule } = {
  key: TEXT,
  release: TEXT,
  flushIntervalMs: {
    isMet: (value) => isWithin(value, MIN_FLUSH_INTERVAL_MS, KEEP_ALIVE_MS),
    advice: `from ${MIN_FLUSH_INTERVAL_MS} to ${KEEP_ALIVE_MS}`,
  },
  sampleRate: { isMet: (value) => isWithin(value, 0, 1), advice: "from 0 to 1" },
  consent: { isMet: (value) => typeof value === "boolean", advice: "true or false" },
  beforeSend: FUNCTION,
  onProblem: FUNCTION,
  probe: has("neverOpened", "handshakeProbe(path) of @sockscope/sdk/probe"),
  storage: has("load", "tabStorage() of @sockscope/sdk/storage"),
  sinks: { isMet: (value) => isListOf(value, isObject), advice: "a list of sinks" },
  host: has("now", "as browserHost() is"),
  closeCodes: { isMet: isCloseCodes, advice: CLOSE_CODES_ADVICE },
  frames: {
    isMet: (value) =>
      isObject(value) &&
      Object.entries(value).every(
        ([way, names]) => /^(received|sent)$/.test(way) && isListOf(names ?? [], isFrameName),
      ),
    advice: "received and sent, each a list of names of letters, digits and _",
  },
};

/** Names of options that there are not. */
export function unknownOptions(options: object): readonly string[] {
  return Object.keys(options).filter(
    (option) => !["collector", "app", ...Object.keys(OPTIONAL)].includes(option),
  );
}

/** What is wrong with the options, and what to give instead; undefined when nothing is. */
export function mistakeIn(options: SockscopeOptions): string | undefined {
  const { collector, app } = options;
  let mistake =
    mistakeOf("collector", collector, { isMet: baseUrl, advice: "an http(s) URL of origin and path only" }) ??
    mistakeOf("app", app, TEXT);
  for (const [option, rule] of Object.entries(OPTIONAL)) {
    const value = options[option as keyof SockscopeOptions];
    if (value !== undefined) mistake ??= mistakeOf(option, value, rule);
  }
  return mistake;
}

function mistakeOf(option: string, received: unknown, { isMet, advice }: Rule): string | undefined {
  return isMet(received) ? undefined : `the option ${option} is ${textOf(received)}; it must be ${advice}`;
}

function has(method: string, advice: string): Rule {
  return {
    isMet: (value) => typeof (value as Record<string, unknown> | null)?.[method] === "function",
    advice,
  };
}

/** Without trailing slashes; absolute, and with nothing before the host or behind the path; undefined for any other. */
export function baseUrl(text: unknown): string | undefined {
  try {
    const { href, origin, pathname } = new URL(text as string);
    if (/^http/.test(href) && href === origin + pathname) return href.replace(/\/+$/, "");
  } catch {}
  return undefined;
}

/** Not empty, short, and without lone surrogates, which cannot travel in a URL. */
function isText(text: unknown): boolean {
  return typeof text === "string" && /^\P{Cs}{1,64}$/u.test(text);
}

/** As the collector's configuration has it. */
function isFrameName(text: unknown): boolean {
  return typeof text === "string" && /^[A-Za-z_]\w{0,62}$/.test(text);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isListOf(value: unknown, isGood: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isGood);
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === "number" && value >= least && value <= most;
}
