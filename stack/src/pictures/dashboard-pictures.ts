import { setTimeout as delay } from "node:timers/promises";
import { startUsers } from "../parts/users.ts";
import { color, print } from "../report.ts";
import type { Stack } from "../stack.ts";
import type { Browser } from "./camera.ts";
import { takeAlerts, takeDashboards } from "./dashboard-camera.ts";
import { INCIDENT_SECONDS, playIncident, waitUntilItPages } from "./incident.ts";

/** Enough that their lost sessions page, and that a machine with two cores still has time for the servers. */
const USERS = 24;
/** Until they have all come, once. */
const ARRIVAL_SECONDS = 45;
const BUSY_SECONDS = 360;
/** What was before belongs to the picture of an incident. */
const CALM_BEFORE_SECONDS = 150;
/** Until what happened last has been reported, scraped and recorded. */
const SETTLED_SECONDS = 15;

/** Plays a busy time and an incident with simulated users, and takes the dashboards' pictures of both. */
export async function takeDashboardPictures(
  browser: Browser,
  stack: Stack,
  { chromium, stateDir }: { readonly chromium: string; readonly stateDir: string },
): Promise<void> {
  const users = await startUsers({
    stateDir,
    chromium,
    pageUrl: stack.chat.pageUrl,
    users: USERS,
    isCalm: true,
  });
  try {
    print(color.faint(`  ${USERS} users chat for ${(ARRIVAL_SECONDS + BUSY_SECONDS) / 60} minutes`));
    await delay((ARRIVAL_SECONDS + BUSY_SECONDS) * 1_000);
    await takeDashboards(browser, stack.preview.url, { of: "busy", minutes: BUSY_SECONDS / 60 });
    print(color.faint("  an incident happens"));
    await playIncident(stack);
    await waitUntilItPages(stack);
    await delay(SETTLED_SECONDS * 1_000);
    const seconds = CALM_BEFORE_SECONDS + INCIDENT_SECONDS + SETTLED_SECONDS;
    await takeDashboards(browser, stack.preview.url, { of: "incident", minutes: Math.ceil(seconds / 60) });
    await takeAlerts(browser, stack.preview.url);
  } finally {
    await users.stop();
  }
}
