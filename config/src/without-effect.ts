import { ALERT_THRESHOLDS, allTargets, TARGETS } from "@sockscope/catalog";

/** The numbers that the catalog has at a path, whatever reads them. */
function numbersAt([part, name]: readonly PropertyKey[]): readonly string[] {
  const thresholds: Readonly<Record<string, object>> = ALERT_THRESHOLDS;
  if (part === "alerts") return Object.keys(thresholds[String(name)] ?? {});
  const objective = allTargets(TARGETS).find(({ id }) => id === name)?.objective ?? {};
  return Object.entries(objective).flatMap(([key, value]) => (typeof value === "number" ? [key] : []));
}

/**
 * What to do about a setting that the catalog knows and that nothing generated reads; undefined for every other. Taken
 * silently, it would look as if it had an effect.
 */
export function withoutEffect(path: readonly PropertyKey[], key: string): string | undefined {
  const [part, ...below] = path;
  if (part !== "alerts" && part !== "targets") return undefined;
  if (below.length === 0) {
    if (part === "alerts")
      return Object.hasOwn(ALERT_THRESHOLDS, key)
        ? `no rule of ${key} is generated; leave it out`
        : undefined;
    return Object.hasOwn(TARGETS, key)
      ? "nothing that is generated reads this target; leave it out"
      : undefined;
  }
  return below.length === 1 && numbersAt(path).includes(key)
    ? "nothing that is generated reads this number; leave it out"
    : undefined;
}
