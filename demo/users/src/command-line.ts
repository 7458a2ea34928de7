import { parseArgs } from "node:util";
import type { SimulatedUsersOptions } from "./simulated-users.ts";

/** What the users' program is told. */
export interface UsersOptions extends SimulatedUsersOptions {
  /** Where loopback answers as long as they chat. Default: nowhere. */
  readonly healthPort?: number;
}

const OPTIONS = {
  "page-url": { type: "string" },
  chromium: { type: "string" },
  users: { type: "string" },
  calm: { type: "boolean" },
  "host-rules": { type: "string" },
  "health-port": { type: "string" },
} as const;

/**
 * The users' options from flags (`--users 4`), else from the environment (`USERS=4`).
 *
 * @throws Error that names the option when a value is missing or is not what it should be
 */
export function usersOptions(args: readonly string[], env: NodeJS.ProcessEnv): UsersOptions {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const pageUrl = values["page-url"] ?? env["PAGE_URL"] ?? "";
  if (!/^https?:/.test(pageUrl) || !URL.canParse(pageUrl))
    throw new Error(`--page-url is "${pageUrl}"; give the demo page's URL, http://HOST:PORT`);
  const chromium = values.chromium ?? env["CHROMIUM"] ?? "";
  if (chromium === "") throw new Error("--chromium is missing; give the path of a Chromium");
  const users = values.users ?? env["USERS"] ?? "1";
  if (!/^[1-9]\d*$/.test(users)) throw new Error(`--users is "${users}"; give a whole number from 1`);
  const hostRules = values["host-rules"] ?? env["HOST_RULES"];
  const healthPort = values["health-port"] ?? env["HEALTH_PORT"];
  return {
    pageUrl,
    chromium,
    users: Number(users),
    ...((values.calm ?? env["CALM"] !== undefined) && { isCalm: true }),
    ...(hostRules && { hostRules }),
    ...(healthPort && { healthPort: parsePort(healthPort) }),
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`--health-port is "${text}"; give a port from 0 (any free one) to 65535`);
}
