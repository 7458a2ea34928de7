import type { LabelDomain, LabelSet, Metric } from "@sockscope/catalog";

/** The values that labels without a list of their own keep by name, per label name: for example the configured routes. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

/** Turns the labels of one measurement into labels that have a series, or into undefined: refuse the measurement. */
export type LabelCheck<L extends LabelSet> = (labels: Readonly<Record<keyof L, string>>) => L | undefined;

/**
 * The check that keeps a metric's world closed, whatever a caller passes: a value outside its domain becomes `other`, and
 * a domain without `other` refuses it.
 *
 * @param metric whose label domains count
 * @param known what its capped and configured labels may keep by name; one without an entry has only `other`, if that
 */
export function labelCheck<L extends LabelSet>(metric: Metric<L>, known: KnownValues): LabelCheck<L> {
  const domains = Object.entries<LabelDomain>(metric.labels).map(
    ([name, domain]) => [name, allowedValues(domain, known[name] ?? [])] as const,
  );
  return (labels) => {
    const checked: Record<string, string> = {};
    for (const [name, allowed] of domains) {
      const value = valueWithin(allowed, labels[name]);
      if (value === undefined) return undefined;
      checked[name] = value;
    }
    return checked as L;
  };
}

function allowedValues(domain: LabelDomain, known: readonly string[]): ReadonlySet<string> {
  if (!("kind" in domain)) return new Set(domain);
  const named = domain.kind === "capped" ? known.slice(0, domain.top) : known;
  return new Set(domain.other === undefined ? named : [...named, domain.other]);
}

function valueWithin(allowed: ReadonlySet<string>, value: string | undefined): string | undefined {
  if (value !== undefined && allowed.has(value)) return value;
  return allowed.has("other") ? "other" : undefined;
}
