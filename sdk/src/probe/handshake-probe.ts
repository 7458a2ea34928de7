import { HANDSHAKE_FAILURES, type HandshakeFailureCause } from "@sockscope/catalog/runtime";
import { listen } from "../listen.ts";
import type { Probe } from "../observe/probe.ts";
import { originAndPath } from "../observe/shadow.ts";

/** At least so long lies between two questions, in ms. */
export const MIN_PROBE_INTERVAL_MS = 60_000;

/** A page asks no more often than this. */
export const MAX_PROBES = 10;

/** Of how many URLs failures are remembered. */
export const MAX_PROBED = 100;

/** How long an answer may take, in ms. */
export const PROBE_TIMEOUT_MS = 10_000;

/**
 * After two attempts in a row that never opened, asks the socket's own origin over HTTP, and counts what comes of it. A server
 * that refuses the upgrade with 401 mostly answers 401 to this as well, and a firewall that lets no WebSocket through answers
 * nothing at all. At an origin that is not the page's, no more than whether somebody answers is to be seen.
 *
 * See {@link https://github.com/whatwg/websockets/issues/21 | why browsers hide it}.
 *
 * @param path what to ask for: cheap, and behind the same authentication as the socket, such as `/healthz`
 */
export function handshakeProbe(path: string): Probe {
  /** Whose last attempt never opened, by the socket's URL without what differs from attempt to attempt. */
  const failed = new Set<string>();
  let probes = 0;
  let lastAt = -Infinity;
  return {
    opened: (url) => failed.delete(originAndPath(url)),
    neverOpened: (url, count) => {
      // Without a network there is nothing to find out, and without a URL nobody to ask.
      if (globalThis.navigator?.onLine === false || !url) return;
      const endpoint = originAndPath(url);
      const isAgain = failed.has(endpoint);
      if (failed.size < MAX_PROBED) failed.add(endpoint);
      const now = performance.now();
      if (!isAgain || probes >= MAX_PROBES || now - lastAt < MIN_PROBE_INTERVAL_MS) return;
      probes++;
      lastAt = now;
      ask(new URL(path, url.replace(/^ws/, "http"))).then(
        (cause) => count(HANDSHAKE_FAILURES, { cause }),
        () => count(HANDSHAKE_FAILURES, { cause: "unreachable" }),
      );
    },
  };
}

async function ask(url: URL): Promise<HandshakeFailureCause> {
  const isOwn = url.origin === globalThis.location?.origin;
  const blocked = watchForBlocking(url);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PROBE_TIMEOUT_MS);
  try {
    const { status } = await fetch(url, {
      mode: isOwn ? "same-origin" : "no-cors",
      cache: "no-store",
      // Where it leads to is somebody else's answer.
      redirect: isOwn ? "manual" : "follow",
      signal: abort.signal,
    });
    return causeOf(status);
  } catch {
    return blocked.isBlocked() ? "blocked" : "unreachable";
  } finally {
    clearTimeout(timer);
    blocked.stop();
  }
}

const CAUSES: Readonly<Record<number, HandshakeFailureCause>> = {
  401: "http_401",
  403: "http_403",
  404: "http_404",
  429: "http_429",
};

/** @param status 0 where it is hidden: somebody answered */
function causeOf(status: number): HandshakeFailureCause {
  return CAUSES[status] ?? (status >= 500 ? "http_5xx" : "reachable");
}

/**
 * Whether the page's own policy keeps the question from being asked: the event comes before the request fails. In a page it comes
 * by way of the document, and a worker has none.
 */
function watchForBlocking({ origin }: URL): { isBlocked(): boolean; stop(): void } {
  let isBlocked = false;
  const violated = ({ blockedURI }: SecurityPolicyViolationEvent): void => {
    isBlocked ||= blockedURI.startsWith(origin);
  };
  return { isBlocked: () => isBlocked, stop: listen(globalThis, "securitypolicyviolation", violated) };
}
