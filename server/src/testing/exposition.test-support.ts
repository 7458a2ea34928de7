import { SERVER_CONNECTION_AGE } from "@sockscope/catalog";
import type { Registry } from "prom-client";

async function series(registry: Registry): Promise<Map<string, number>> {
  const lines = (await registry.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(" ");
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/**
 * By how much each series moved while something happened, a new series from zero on. Series that did not move are absent, and so
 * are the ages of open connections, which move with the clock.
 */
export async function movedSeries(
  registry: Registry,
  happen: () => unknown,
): Promise<Readonly<Record<string, number>>> {
  const before = await series(registry);
  await happen();
  const after = await series(registry);
  const names = new Set([...before.keys(), ...after.keys()]);
  const moves = [...names].map((name) => [name, (after.get(name) ?? 0) - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(
    moves.filter(
      ([name, by]) => !name.startsWith(SERVER_CONNECTION_AGE.name) && (by !== 0 || !before.has(name)),
    ),
  );
}

/** The names of all series, in the order of the exposition. */
export async function seriesNames(registry: Registry): Promise<readonly string[]> {
  return [...(await series(registry)).keys()];
}

/** A series as the exposition writes it. */
export function line(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${pairs.join(",")}}`;
}
