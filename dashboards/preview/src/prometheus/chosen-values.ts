/** What is known of a variable whose value becomes a part of a query. */
export interface ChosenVariable {
  readonly multi?: boolean | undefined;
  readonly includeAll?: boolean | undefined;
}

/** So that a value stands between quotes in PromQL. */
function quoted(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}

/** So that a value stands between quotes in PromQL and means itself in a regular expression. */
function literal(value: string): string {
  return value
    .replaceAll("\\", "\\\\\\\\")
    .replaceAll(/[$^*{}[\]+?.()|"]/g, (special) => (special === '"' ? '\\"' : `\\\\${special}`));
}

/** Chosen values as a query says them: several are the alternatives of a regular expression. */
export function inPromql(value: unknown, { multi = false, includeAll = false }: ChosenVariable): string {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  if (!multi && !includeAll && values.length === 1) return quoted(values[0] ?? "");
  const [first = "", ...others] = values.map(literal);
  return others.length === 0 ? first : `(${[first, ...others].join("|")})`;
}
