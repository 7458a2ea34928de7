import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hasCredentials } from "./credentials.ts";

/** A case that every server decides alike; the Python package reads the same table. */
interface Case {
  readonly what: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly subprotocols?: readonly string[];
  readonly credentials: "present" | "absent";
}

const TABLE = new URL("../../../catalog/handshakes/credentials.json", import.meta.url);
const CASES = JSON.parse(readFileSync(TABLE, "utf8")) as readonly Case[];

it.each(CASES)(
  "finds credentials $credentials with $what",
  ({ headers, query, subprotocols, credentials }) => {
    const request = {
      url: query === undefined ? "/ws" : `/ws?${query}`,
      headers: { ...headers, ...(subprotocols && { "sec-websocket-protocol": subprotocols.join(", ") }) },
    };
    expect(hasCredentials(request)).toBe(credentials === "present");
  },
);
