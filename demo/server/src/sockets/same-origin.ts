import type { IncomingHttpHeaders } from "node:http";
import { cameOverHttps } from "../session/session-cookie.ts";

/** Whose pages a listener listens to. */
export interface OriginRule {
  /** Whether only this machine reaches it, so that it has no other names than a machine has for itself. */
  readonly isLoopback: boolean;
  /** Origins besides its own. */
  readonly allowed: readonly string[];
}

const LOOPBACK_NAMES = ["127.0.0.1", "[::1]", "localhost"];

/**
 * The rule of a listener.
 *
 * @param host where it listens. Default: 127.0.0.1
 * @param allowed origins besides its own, such as `https://chat.example`. Default: none
 */
export function originRule(host = "127.0.0.1", allowed: readonly string[] = []): OriginRule {
  return { isLoopback: LOOPBACK_NAMES.includes(host === "::1" ? "[::1]" : host), allowed };
}

/**
 * Whether a request comes from a page of this very host and scheme, or of an origin that is allowed besides. A request without
 * `Origin` does not: browsers send it with every WebSocket handshake and every POST.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, rule: OriginRule): boolean {
  const { origin, host } = headers;
  if (origin === undefined || host === undefined) return false;
  if (rule.allowed.includes(origin)) return true;
  const scheme = cameOverHttps(headers) ? "https" : "http";
  return origin === originOf(`${scheme}://${host}`) && isOwnName(headers, rule);
}

/**
 * Whether a request calls the listener by a name that it has. A page whose name was made to lead to this machine (DNS rebinding) sends
 * an `Origin` that is no other than its `Host`; by that name, nobody here is known.
 */
export function isOwnName({ host }: IncomingHttpHeaders, { isLoopback, allowed }: OriginRule): boolean {
  if (!isLoopback) return true;
  const names = [...LOOPBACK_NAMES, ...allowed.map((origin) => new URL(origin).hostname)];
  const url = `http://${host}`;
  return URL.canParse(url) && names.includes(new URL(url).hostname);
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
