import type { Catalog, LabelSet } from "@sockscope/catalog";
import {
  type Exposer,
  firingAlerts,
  fleetOf,
  restarted,
  rolledOut,
  type Scrapes,
  type SyntheticSeries,
  seriesOf,
} from "@sockscope/stack/synthetic";

/** What a panel has to show: something for each query, for each panel unless it says when not, whatever there is, or nothing. */
export type Due = "every query" | "every panel" | "anything" | "nothing";

/** Made-up series, and what panels are to make of them. */
export interface PanelScenario {
  readonly name: string;
  readonly catalog: Catalog;
  readonly series: readonly SyntheticSeries[];
  readonly scrapes: Scrapes;
  readonly due: Due;
  /** Whether nothing happens, so that no share is known. */
  readonly isQuiet: boolean;
}

/** Within a block of Prometheus' of two hours, so that promtool makes one. */
export const NOW: number = Date.UTC(2026, 2, 2, 11, 50) / 1_000;
const LONG_AGO = NOW - 20 * 60;
/** Something happens in the midst of what the reader looks at. */
const HAPPENS = { from: NOW - 8 * 60, until: NOW - 3 * 60 };
/**
 * Trouble of five minutes after which, for more than as long again, no point of a week's graphs comes: at every width that
 * panels have but the page's, whose points are closer. A test says so.
 */
export const BRIEF: { readonly from: number; readonly until: number } = {
  from: NOW - 62 * 60,
  until: NOW - 57 * 60,
};
/** How long nothing happens before {@link BRIEF}. */
const CALM_SECONDS = 20 * 60;

/** How far the reader looks back. */
export const LOOKS_BACK_SECONDS: number = 10 * 60;
export const APPS: readonly string[] = ["chat", "support"];

/** What tells scenarios apart. */
interface Situation {
  readonly catalog: Catalog;
  readonly due: Due;
  /** Default: one collector, and one pod of each app. */
  readonly size?: { readonly collectors: number; readonly podsPerApp: number };
  /** What becomes of the fleet. Default: nothing. */
  readonly change?: (fleet: readonly Exposer[]) => readonly Exposer[];
  readonly moves?: boolean;
  readonly isAnybodyThere?: boolean;
  /** Default: 15. */
  readonly everySeconds?: number;
}

function environmentsOf({ environmentLabels }: Catalog): readonly LabelSet[] {
  if (environmentLabels.length === 0) return [{}];
  const of = (value: string) => Object.fromEntries(environmentLabels.map((label) => [label, value]));
  return [of("eu"), of("us")];
}

/** Targets that cannot be scraped, which trouble has. */
function down({ jobs }: Catalog, environments: readonly LabelSet[]): SyntheticSeries[] {
  return environments.flatMap((environment) =>
    [jobs.collectors, jobs.servers].map((job) => ({
      name: "up",
      labels: { job, instance: `down-${Object.values(environment).join("-")}:1`, ...environment },
      phase: 0,
      at: () => 0,
    })),
  );
}

function scenario(name: string, situation: Situation): PanelScenario {
  const { catalog, due, everySeconds = 15, change = (fleet) => fleet, moves = true } = situation;
  const environments = environmentsOf(catalog);
  const size = situation.size ?? { collectors: 1, podsPerApp: 1 };
  const fleet = change(fleetOf({ apps: APPS, ...size, environments }));
  const releases = catalog.hasReleases ? ["2.4.0", "2.4.1"] : [];
  const alerts = firingAlerts({ catalog, apps: APPS, environments, since: LONG_AGO + 300 });
  return {
    name,
    catalog,
    due,
    isQuiet: !moves,
    scrapes: { from: LONG_AGO, until: NOW, everySeconds },
    series: [
      ...seriesOf({ ...situation, fleet, releases, since: LONG_AGO }),
      // What always fires tells the pager that alerts arrive.
      ...alerts.filter(({ labels }) => moves || labels["alertname"] === "Watchdog"),
      ...(moves ? down(catalog, environments) : []),
    ],
  };
}

const rollout = (fleet: readonly Exposer[]) => rolledOut(fleet, HAPPENS.from, HAPPENS.until);
const reset = (fleet: readonly Exposer[]) => restarted(fleet, HAPPENS.from, HAPPENS.until);
/** Enough for one that ends and one that begins, which are both there for a scrape, not to be twice as much. */
const SEVERAL = { collectors: 3, podsPerApp: 4 };

/** Every kind of trouble at once, from one collector and a pod of each app. What others are held against. */
export function busy(catalog: Catalog, name = "busy"): PanelScenario {
  return scenario(name, { catalog, due: "every query" });
}

/** The same trouble, of three collectors and twenty pods. */
export function threeReplicas(catalog: Catalog): PanelScenario {
  const size = { collectors: 3, podsPerApp: 10 };
  return scenario("three replicas", { catalog, due: "every query", size });
}

/** The same trouble, while every pod and every collector is replaced. */
export function rolledOutOneByOne(catalog: Catalog): PanelScenario {
  return scenario("rollout", { catalog, due: "every query", size: SEVERAL, change: rollout });
}

/** The same trouble, while the only pod of each app and the only collector are replaced. */
export function replaced(catalog: Catalog, name: string): PanelScenario {
  return scenario(name, { catalog, due: "every query", change: rollout });
}

/** The same trouble, while every pod and every collector begins again from zero. */
export function counterReset(catalog: Catalog): PanelScenario {
  return scenario("counter reset", { catalog, due: "every query", change: reset });
}

/** The same trouble, scraped once a minute. */
export function minutely(catalog: Catalog): PanelScenario {
  return scenario("60 s scrape", { catalog, due: "every query", everySeconds: 60 });
}

/** The same trouble for five minutes only, an hour ago, between times in which pages are connected and nothing happens. */
export function briefTrouble(catalog: Catalog): PanelScenario {
  const { series, scrapes, ...others } = scenario("five minutes of trouble", { catalog, due: "every query" });
  const { from, until } = BRIEF;
  return {
    ...others,
    scrapes: { ...scrapes, from: from - CALM_SECONDS },
    // A counter stands still before and after.
    series: series.map((one) => ({
      ...one,
      at: (moment) => one.at(Math.min(Math.max(moment, from), until)),
    })),
  };
}

/** Pages are connected, and nothing happens. */
export function idle(catalog: Catalog, name = "idle"): PanelScenario {
  return scenario(name, { catalog, due: "every panel", moves: false });
}

/** Nobody is connected, and nobody tries. */
export function night(catalog: Catalog): PanelScenario {
  return scenario("night", { catalog, due: "anything", moves: false, isAnybodyThere: false });
}

/** Prometheus has never scraped anything of ours. */
export function noData(catalog: Catalog, name = "no data"): PanelScenario {
  return { ...scenario(name, { catalog, due: "nothing", moves: false }), series: [] };
}
