import { parseArgs } from "node:util";
import type { SimulatedUsersOptions } from "./simulated-users.ts";

const OPTIONS = {
  "page-url": { type: "string" },
  chromium: { type: "string" },
  users: { type: "string" },
} as const;

/**
 * The users' options from flags (`--users 4`), else from the environment (`USERS=4`).
 *
 * @throws Error that names the option when a value is missing or is not what it should be
 */
export function usersOptions(args: readonly string[], env: NodeJS.ProcessEnv): SimulatedUsersOptions {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const pageUrl = values["page-url"] ?? env["PAGE_URL"] ?? "";
  if (!/^https?:/.test(pageUrl) || !URL.canParse(pageUrl))
    throw new Error(`--page-url is "${pageUrl}"; give the demo page's URL, http://HOST:PORT`);
  const chromium = values.chromium ?? env["CHROMIUM"] ?? "";
  if (chromium === "") throw new Error("--chromium is missing; give the path of a Chromium");
  const users = values.users ?? env["USERS"] ?? "1";
  if (!/^[1-9]\d*$/.test(users)) throw new Error(`--users is "${users}"; give a whole number from 1`);
  return { pageUrl, chromium, users: Number(users) };
}
