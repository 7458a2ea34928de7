import { Child } from "../child.ts";
import type { Part } from "../part.ts";
import { ROOT } from "../root.ts";

/** The part's name, for those who say why it is not there. */
export const USERS_PART = "simulated users";
const READY_TIMEOUT_MS = 30_000;

interface ChattingLine {
  readonly browser: string;
  readonly users: number;
}

/** Starts the demo's simulated users, and resolves once a first page has been connected. */
export async function startUsers(options: {
  stateDir: string;
  chromium: string;
  pageUrl: string;
  users: number;
  /** Whether they stay for minutes, and lose their session by a fault only. Default: they come and go, and have mishaps. */
  isCalm?: boolean;
}): Promise<Part> {
  const child = new Child({
    part: USERS_PART,
    logFile: `${options.stateDir}/users.log`,
    program: process.execPath,
    args: [`${ROOT}demo/users/dist/main.js`, ...(options.isCalm ? ["--calm"] : [])],
    env: { PAGE_URL: options.pageUrl, CHROMIUM: options.chromium, USERS: String(options.users) },
  });
  const { browser, users } = await child.announcing<ChattingLine>("chatting", READY_TIMEOUT_MS);
  return {
    name: USERS_PART,
    summary: `${users} in ${browser}`,
    died: child.obituary,
    stop: () => child.stop(),
  };
}
