import { setTimeout as delay } from "node:timers/promises";
import { startUsers } from "../parts/users.ts";
import { color, print } from "../report.ts";
import type { Stack } from "../stack.ts";
import type { Browser } from "./camera.ts";
import { type Spot, takeAlerts, takeDashboards } from "./dashboard-camera.ts";
import { INCIDENT_SECONDS, playIncident, waitUntilItPages } from "./incident.ts";

/** Until the users have all come, once. */
const ARRIVAL_SECONDS = 45;
/** Users enough that their lost sessions page, and that a machine with two cores still has time for the servers. */
const BUSY = { users: 24, seconds: 360 };
const TRIAL = { users: 6, seconds: 60 };
/** What was before belongs to the picture of an incident. */
const CALM_BEFORE_SECONDS = 150;
/** Until what happened last has been reported, scraped and recorded. */
const SETTLED_SECONDS = 15;

/** What takes pictures of dashboards needs besides a browser and a stack. */
export interface DashboardPictures {
  readonly chromium: string;
  readonly stateDir: string;
  /** Where they go, from the root. */
  readonly folder: string;
  /** Only to see that they can be taken: a short busy time, and no incident. */
  readonly isTrial: boolean;
}

/** Plays a busy time and an incident with simulated users, and takes the dashboards' pictures of both. */
export async function takeDashboardPictures(
  browser: Browser,
  stack: Stack,
  { chromium, stateDir, folder, isTrial }: DashboardPictures,
): Promise<void> {
  const busy = isTrial ? TRIAL : BUSY;
  const spot: Spot = { browser, previewUrl: stack.preview.url, folder };
  const users = await startUsers({
    stateDir,
    chromium,
    pageUrl: stack.chat.pageUrl,
    users: busy.users,
    isCalm: true,
  });
  try {
    print(color.faint(`  ${busy.users} users chat for ${(ARRIVAL_SECONDS + busy.seconds) / 60} minutes`));
    await delay((ARRIVAL_SECONDS + busy.seconds) * 1_000);
    await takeDashboards(spot, { of: "busy", minutes: busy.seconds / 60 });
    if (isTrial) return;
    print(color.faint("  an incident happens"));
    await playIncident(stack);
    await waitUntilItPages(stack);
    await delay(SETTLED_SECONDS * 1_000);
    const seconds = CALM_BEFORE_SECONDS + INCIDENT_SECONDS + SETTLED_SECONDS;
    await takeDashboards(spot, { of: "incident", minutes: Math.ceil(seconds / 60) });
    await takeAlerts(spot);
  } finally {
    await users.stop();
  }
}
