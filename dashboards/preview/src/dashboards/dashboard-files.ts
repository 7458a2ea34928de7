import type { DashboardEntry } from "../manifest.ts";
import type { DashboardJson } from "./dashboard-json.ts";

/** A dashboard's JSON; undefined when the server has none of this uid. */
type Answer = Promise<DashboardJson | undefined>;

const askedEarly = new Map<string, Answer>();

async function ask(uid: string): Answer {
  const response = await fetch(`/api/dashboards/${encodeURIComponent(uid)}`);
  return response.ok ? ((await response.json()) as DashboardJson) : undefined;
}

/** Asks for a dashboard that will be read once the packages are there; for none, for nothing. */
export function askEarly(entry: DashboardEntry | undefined): void {
  if (entry === undefined) return;
  const answer = ask(entry.uid);
  // Whoever reads it learns why there is none.
  answer.catch(() => {});
  askedEarly.set(entry.uid, answer);
}

/** Reads a dashboard: the answer to an early question once, then asks each time. */
export function readDashboard(uid: string): Answer {
  const early = askedEarly.get(uid);
  askedEarly.delete(uid);
  return early ?? ask(uid);
}
