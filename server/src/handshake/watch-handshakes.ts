import type { EventEmitter } from "node:events";
import type { Writable } from "node:stream";
import { hasCredentials, type UpgradeRequest } from "./credentials.ts";

/** The server whose upgrades are watched: one of `node:http` or `node:https`. */
export type UpgradingServer = Pick<EventEmitter, "prependListener" | "off">;

/** What is made of a refused upgrade. */
export interface RejectedHandshake {
  /** Of the HTTP answer. */
  readonly status: number;
  /** Whether the request carried what could be a session. */
  readonly credentials: boolean;
}

/** How upgrades are watched. */
export interface WatchHandshakesOptions {
  /** Whether a request carries what could be a session. Default: a cookie, an `Authorization` header, or a token in protocol or query. */
  readonly hasCredentials?: (request: UpgradeRequest) => boolean;
}

/** `HTTP/1.1 101` */
const STATUS_LINE_BYTES = 12;

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})/;

/**
 * Tells of every upgrade that is answered with an HTTP error, whoever answers it: the first bytes that go to its stream say so.
 * Returns what ends the watching. An upgrade that nobody answers, because its client left, is not told.
 *
 * Somebody else has to answer: Node hands a server's upgrades to its listeners as soon as there is one, and this one only looks.
 */
export function watchHandshakes(
  server: UpgradingServer,
  rejected: (handshake: RejectedHandshake) => void,
  options: WatchHandshakesOptions = {},
): () => void {
  const { hasCredentials: carriesCredentials = hasCredentials } = options;
  const onUpgrade = (request: UpgradeRequest, stream: Writable): void => {
    onFirstBytes(stream, (bytes) => {
      const status = Number(STATUS_LINE.exec(bytes)?.[1] ?? 101);
      if (status !== 101) rejected({ status, credentials: answered(() => carriesCredentials(request)) });
    });
  };
  // First, so that no listener has answered yet.
  server.prependListener("upgrade", onUpgrade);
  return () => void server.off("upgrade", onUpgrade);
}

/** An application that cannot say who asks must not fail in the middle of its answer. */
function answered(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}

/** Calls back once, with how the first bytes begin that are written; from there on the stream is as it was. */
function onFirstBytes(stream: Writable, tell: (bytes: string) => void): void {
  let bytes = "";
  let isSeen = false;
  const restorers: (() => void)[] = [];
  const seen = (method: "write" | "end", chunk: unknown): void => {
    if (isSeen) return;
    bytes += beginning(chunk);
    // Answers that are written by hand come in pieces.
    if (method === "write" && bytes.length < STATUS_LINE_BYTES) return;
    isSeen = true;
    for (const restore of restorers) restore();
    tell(bytes);
  };
  for (const method of ["write", "end"] as const)
    restorers.push(wrapped(stream, method, (chunk) => seen(method, chunk)));
}

function beginning(chunk: unknown): string {
  const isData = typeof chunk === "string" || chunk instanceof Uint8Array;
  return isData ? Buffer.from(chunk).toString("latin1", 0, STATUS_LINE_BYTES) : "";
}

/** Tells what a method is called with before it does its work. Returns what takes the wrapper off, if nobody wrapped it since. */
function wrapped(stream: Writable, method: "write" | "end", tell: (first: unknown) => void): () => void {
  const before = Object.getOwnPropertyDescriptor(stream, method);
  const original = stream[method] as (...args: unknown[]) => unknown;
  const wrapper = function (this: Writable, ...args: unknown[]): unknown {
    tell(args[0]);
    return original.apply(this, args);
  };
  Object.defineProperty(stream, method, { configurable: true, writable: true, value: wrapper });
  return () => {
    if ((stream[method] as unknown) !== wrapper) return;
    if (before === undefined) Reflect.deleteProperty(stream, method);
    else Object.defineProperty(stream, method, before);
  };
}
