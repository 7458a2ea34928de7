import { setTimeout as delay } from "node:timers/promises";
import { type FaultsClient, faultsClient } from "@sockscope/demo/faults";
import { loadedRules } from "../prometheus-api.ts";
import type { Stack } from "../stack.ts";
import { StackError } from "../stack-error.ts";
import { until } from "../until.ts";

/** What happens, in seconds after the first. */
interface Scene {
  readonly at: number;
  readonly happens: (faults: FaultsClient) => Promise<unknown>;
}

const PAGES = "WsAuthCloseSpike";
/** It pages after two minutes of it, and a busy machine takes its time. */
const PAGES_WITHIN_MS = 240_000;

/** In this order a reader can tell them apart: each has its own seconds, and users come back between them. */
const SCENES: readonly Scene[] = [
  { at: 0, happens: (faults) => faults.turnOn("restart", { seconds: 5, spreadMs: 4_000 }) },
  { at: 45, happens: (faults) => faults.turnOn("expire_tokens", { seconds: 40 }) },
  { at: 130, happens: (faults) => faults.turnOn("cut_network", { seconds: 12 }) },
  // What opens when the network is back ends after a minute, as a fingerprint of the dashboards names it.
  { at: 140, happens: (faults) => faults.turnOn("lifetime_limit", { seconds: 110, lifetimeSeconds: 60 }) },
  { at: 165, happens: (faults) => faults.turnOn("delay_messages", { seconds: 30, delayMs: 4_000 }) },
  { at: 200, happens: (faults) => faults.turnOn("duplicate_messages", { seconds: 30, share: 0.5 }) },
];

/** How long all of it takes. */
export const INCIDENT_SECONDS = 250;

/** Has everything break that people ask about: a planned restart, lost sessions, an unplanned cut, a proxy that ends every connection after a minute. */
export async function playIncident({ chat }: Stack): Promise<void> {
  const faults = faultsClient(chat.metricsUrl);
  const began = performance.now();
  const seconds = (at: number): Promise<void> => delay(Math.max(0, began + at * 1_000 - performance.now()));
  for (const { at, happens } of SCENES) {
    await seconds(at);
    await happens(faults);
  }
  await seconds(INCIDENT_SECONDS);
}

/**
 * Resolves once lost sessions page.
 *
 * @throws StackError when they do not
 */
export async function waitUntilItPages({ prometheus }: Stack): Promise<void> {
  const firing = await until(
    async () =>
      (await loadedRules(prometheus.url)).find(({ name, state }) => name === PAGES && state === "firing"),
    { timeoutMs: PAGES_WITHIN_MS },
  );
  if (firing === undefined) throw new StackError("pictures", `${PAGES} does not fire in the incident.`);
}
