import type { DashboardPanel, Target } from "@sockscope/stack/grafana";

interface Transformation {
  readonly id: string;
  readonly options?: {
    readonly byField?: string;
    readonly include?: { readonly names?: readonly string[] };
    readonly renameByName?: Readonly<Record<string, string>>;
    readonly indexByName?: Readonly<Record<string, unknown>>;
  };
}

function transformationsOf({ built }: DashboardPanel): readonly Transformation[] {
  return (built.transformations ?? []) as readonly Transformation[];
}

/** The field of a query's value: Grafana tells them apart only where there are several. */
export function valueFieldOf({ targets }: DashboardPanel, { refId }: Target): string {
  return targets.length > 1 ? `Value #${refId}` : "Value";
}

/** What fields are called in a table, where that is not what they were. */
export function renamed(panel: DashboardPanel): Readonly<Record<string, string>> {
  return Object.assign({}, ...transformationsOf(panel).map(({ options }) => options?.renameByName));
}

/** What the column of a query's value is called. */
export function valueColumn(panel: DashboardPanel, target: Target): string {
  const field = valueFieldOf(panel, target);
  return renamed(panel)[field] ?? field;
}

/** Every field that a table's transformations name. */
export function namedFields(panel: DashboardPanel): readonly string[] {
  const named = transformationsOf(panel).flatMap(({ options }) => [
    ...(options?.byField === undefined ? [] : [options.byField]),
    ...(options?.include?.names ?? []),
    ...Object.keys(options?.renameByName ?? {}),
    ...Object.keys(options?.indexByName ?? {}),
  ]);
  return [...new Set(named)];
}

/** The label by which a table's rows are put together; undefined where one query makes them. */
export function joinedBy(panel: DashboardPanel): string | undefined {
  return transformationsOf(panel).find(({ id }) => id === "joinByField")?.options?.byField;
}
