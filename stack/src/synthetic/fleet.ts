import type { LabelSet } from "@sockscope/catalog";

/** What is scraped: one collector, or one pod of the chat server. Moments are in seconds since 1970. */
export interface Exposer {
  readonly kind: "collector" | "server";
  readonly instance: string;
  /** A collector has all apps; a pod serves one. */
  readonly apps: readonly string[];
  /** Its part of what happens to each of its apps, of 1. */
  readonly share: number;
  /** The labels of its environment. */
  readonly environment: LabelSet;
  /** When it begins, from zero. Default: long ago. */
  readonly from?: number;
  /** When it ends. Default: never. */
  readonly until?: number;
  /** When it begins again from zero, as the same instance. Default: never. */
  readonly restartsAt?: number;
}

/** How many of each there are, where, and what becomes of them. */
export interface FleetOptions {
  readonly apps: readonly string[];
  readonly collectors: number;
  /** Of each app. */
  readonly podsPerApp: number;
  /** One fleet in each. Default: one environment, without labels. */
  readonly environments?: readonly LabelSet[];
}

function collectors(options: FleetOptions, environment: LabelSet, prefix: string): Exposer[] {
  return Array.from({ length: options.collectors }, (_, index) => ({
    kind: "collector",
    instance: `${prefix}collector-${index}:9465`,
    apps: options.apps,
    share: 1 / options.collectors,
    environment,
  }));
}

function pods({ apps, podsPerApp }: FleetOptions, environment: LabelSet, prefix: string): Exposer[] {
  return apps.flatMap((app) =>
    Array.from(
      { length: podsPerApp },
      (_, index): Exposer => ({
        kind: "server",
        instance: `${prefix}${app}-${index}:9466`,
        apps: [app],
        share: 1 / podsPerApp,
        environment,
      }),
    ),
  );
}

/** Collectors and pods that are all there, all the time. */
export function fleetOf(options: FleetOptions): readonly Exposer[] {
  const environments = options.environments ?? [{}];
  return environments.flatMap((environment) => {
    const prefix = Object.values(environment)
      .map((value) => `${value}-`)
      .join("");
    return [...collectors(options, environment, prefix), ...pods(options, environment, prefix)];
  });
}

/** The same fleet, each of whose parts is replaced by another instance, one after the other between two moments. */
export function rolledOut(fleet: readonly Exposer[], from: number, until: number): readonly Exposer[] {
  return fleet.flatMap((exposer, index) => {
    const replacedAt = from + ((until - from) * index) / fleet.length;
    return [
      { ...exposer, until: replacedAt },
      { ...exposer, instance: `new-${exposer.instance}`, from: replacedAt },
    ];
  });
}

/** The same fleet, every part of which begins again from zero under its name, one after the other. */
export function restarted(fleet: readonly Exposer[], from: number, until: number): readonly Exposer[] {
  return fleet.map((exposer, index) => ({
    ...exposer,
    restartsAt: from + ((until - from) * index) / fleet.length,
  }));
}
