import type { FaultId } from "@sockscope/demo/faults";
import { tellOfAlerts } from "./alert-watch.ts";
import type { Part } from "./part.ts";
import type { ChatPart } from "./parts/chat.ts";
import { startUsers, USERS_PART } from "./parts/users.ts";
import { readPrograms } from "./programs.ts";
import { color, print, statusLine } from "./report.ts";
import { STATE } from "./root.ts";
import { type PreferredPorts, type Stack, startStack } from "./stack.ts";
import { lockState } from "./state-lock.ts";

/** Where `npm run up` wants each part; one that is taken gets another. */
export const PORTS: PreferredPorts = {
  chat: 4380,
  chatMetrics: 4381,
  ingest: 4390,
  admin: 4391,
  prometheus: 4392,
  alertmanager: 4393,
  preview: 4394,
};

/** A fault that every user sees, and that pages where there are enough of them. */
const FAULT: FaultId = "expire_tokens";
/** So long that an alert that has to hold for minutes sees it. */
const FAULT_SECONDS = 240;

function signOut({ metricsUrl }: ChatPart): string {
  return `curl -sS -X POST ${new URL(`/faults/${FAULT}`, metricsUrl)} -d '{"seconds":${FAULT_SECONDS}}'`;
}

/**
 * Where to look, each address with what is there, and what to run to see something happen. Debian's Prometheus and Alertmanager
 * have no pages of their own.
 */
function addresses({ chat, preview, collector }: Stack): readonly (readonly [what: string, where: string])[] {
  const pages = [
    ["See the dashboards", `${preview.url}/`],
    ["See the alerts", `${preview.url}/alerts`],
  ] as const;
  return [
    ["Chat with it", chat.pageUrl],
    ...(preview.isBuilt ? pages : []),
    ["See the metrics", `${collector.adminUrl}/metrics`],
    ["Sign everybody out", signOut(chat)],
  ];
}

function printAddresses(stack: Stack): void {
  print();
  for (const [what, where] of addresses(stack)) print(`  ${color.strong(what.padEnd(20))}${where}`);
  print();
  print(color.faint(`Ctrl-C stops all of it. What the parts print is in ${STATE}/up/*.log.`));
}

/** Resolves when the user wants to stop (undefined) or when a part stopped on its own (its name and why). */
function endOf(parts: readonly Part[], signal: AbortSignal): Promise<string | undefined> {
  const asked = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined));
  });
  return Promise.race([asked, ...parts.map(({ name, died }) => died.then((why) => `${name} ${why}`))]);
}

async function users(stateDir: string, pageUrl: string, count: number): Promise<Part | undefined> {
  const { chromium } = readPrograms();
  if (count === 0) return undefined;
  if (chromium === undefined) {
    print(statusLine(false, USERS_PART, "no Chromium found, so nobody chats but you"));
    return undefined;
  }
  const part = await startUsers({ stateDir, chromium, pageUrl, users: count });
  print(statusLine(true, part.name, part.summary));
  return part;
}

/**
 * Starts a stack with simulated users, prints where everything is, and stays until the signal or until a part stops.
 *
 * @returns the name of the part that stopped on its own and why; undefined when it was told to stop
 */
export async function runStack(userCount: number, signal: AbortSignal): Promise<string | undefined> {
  print(color.strong("Sockscope, natively on this machine"));
  const stateDir = `${STATE}/up`;
  const unlock = lockState(stateDir);
  try {
    const onPart = (part: Part): void => print(statusLine(true, part.name, part.summary));
    const onTakenPort = (port: number): void =>
      print(color.faint(`  port ${port} is taken, using another one`));
    const stack = await startStack({ ports: PORTS, stateDir, interval: "5s", onPart, onTakenPort, signal });
    const over = new AbortController();
    let visitors: Part | undefined;
    try {
      visitors = await users(stateDir, stack.chat.pageUrl, userCount);
      signal.throwIfAborted();
      printAddresses(stack);
      void tellOfAlerts(stack.prometheus.url, over.signal);
      const failure = await endOf(visitors === undefined ? stack.parts : [visitors, ...stack.parts], signal);
      if (failure !== undefined) print(`${color.bad("✘")} ${failure}`);
      print(color.faint("Stopping."));
      return failure;
    } finally {
      over.abort();
      await visitors?.stop();
      await stack.stop();
    }
  } finally {
    unlock();
  }
}
