/** A dashboard that there is. */
export interface DashboardEntry {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
}

/** What the preview's server has to show. */
export interface Manifest {
  /** How often Prometheus scrapes, as Grafana's data source would be told. */
  readonly timeInterval: string;
  readonly dashboards: readonly DashboardEntry[];
}

/** Where people begin. */
const OVERVIEW = "sockscope-overview";

/** Asks the server what there is. */
export async function readManifest(): Promise<Manifest> {
  const response = await fetch("/api/preview");
  if (!response.ok) throw new Error(`/api/preview answers ${response.status}.`);
  return (await response.json()) as Manifest;
}

/** The dashboard that is shown when none was named. */
export function firstDashboard({ dashboards }: Manifest): DashboardEntry | undefined {
  return dashboards.find(({ uid }) => uid === OVERVIEW) ?? dashboards[0];
}

/** A dashboard's title without what all of them begin with. */
export function shortTitle({ title }: Pick<DashboardEntry, "title">): string {
  return title.split(" / ").at(-1) ?? title;
}
