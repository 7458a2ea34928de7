import { UsageError } from "../usage-error.ts";

/** Where a command binds: `HOST:PORT`, with brackets around an IPv6 host. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

const HOST_PORT = /^(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[^:[\]]+)):(?<port>\d{1,5})$/;

/**
 * Reads `HOST:PORT`.
 *
 * @param source the flag or variable that the text comes from, for the message
 * @throws UsageError
 */
export function parseListenAddress(text: string, source: string): ListenAddress {
  const parts = HOST_PORT.exec(text)?.groups;
  const host = parts?.["bracketed"] ?? parts?.["plain"];
  const port = Number(parts?.["port"]);
  if (host !== undefined && port <= 65_535) return { host, port };
  throw new UsageError(`${source} is "${text}"; use HOST:PORT, for example 127.0.0.1:4390`);
}
