import type { OutgoingHttpHeaders } from "node:http";

/** What lets the pages of an origin read that a batch was counted. */
export function readableBy(origin: string): OutgoingHttpHeaders {
  return { "Access-Control-Allow-Origin": origin, Vary: "Origin" };
}

/**
 * What lets every page read a refusal: nothing in one is a secret, and the console of whoever configured a wrong app or
 * origin can then name it.
 */
export const READABLE_BY_ALL = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "Retry-After",
} as const;
