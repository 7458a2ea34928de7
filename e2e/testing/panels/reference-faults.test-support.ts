import { allMetrics, type Catalog, type LabelDomain } from "@sockscope/catalog";
import type { DashboardPanel, Target } from "@sockscope/stack/grafana";
import type { Answered } from "./executed.test-support.ts";
import { overridesOf } from "./grafana-unit.test-support.ts";
import { legendOf } from "./legend-faults.test-support.ts";
import { namedFields, renamed, valueFieldOf } from "./table-columns.test-support.ts";

/** Where panels lead, beside another dashboard: what Grafana itself replaces. */
const BUILT_IN = /^__(url_time_range|all_variables|from|to|dashboard|value\..*|series\..*)$/;

function answersOf(panel: DashboardPanel, answers: readonly Answered[]): readonly Answered[] {
  return answers.filter((answered) => answered.panel.title === panel.title);
}

/** Every field that a table of these answers has. */
function fieldsOf(panel: DashboardPanel, answers: readonly Answered[]): ReadonlySet<string> {
  const labels = answersOf(panel, answers).flatMap(({ series }) =>
    series.flatMap((one) => Object.keys(one.labels)),
  );
  return new Set(["Time", ...labels, ...panel.targets.map((target) => valueFieldOf(panel, target))]);
}

function labelValues(catalog: Catalog, { queries }: DashboardPanel, label: string): readonly string[] {
  const read = queries.map(({ expression }) => expression.promql).join("\n");
  return allMetrics(catalog)
    .filter(({ metric }) => read.includes(metric.name))
    .flatMap(({ metric }) => {
      const domain: LabelDomain | undefined = (metric.labels as Record<string, LabelDomain>)[label];
      return domain === undefined || "kind" in domain ? [] : domain;
    });
}

/** Whether a query can ever have a series of this name: one that was there, or one of another value of its only label. */
function canBe(
  name: string,
  catalog: Catalog,
  panel: DashboardPanel,
  target: Target,
  answers: readonly Answered[],
): boolean {
  const [, label] = /^\{\{(\w+)\}\}$/.exec(target.legendFormat) ?? [];
  if (label !== undefined && labelValues(catalog, panel, label).includes(name)) return true;
  return answersOf(panel, answers)
    .filter((answered) => answered.target.refId === target.refId)
    .some(({ series }) => series.some((one) => legendOf(one, target.legendFormat) === name));
}

function overrideFaults(catalog: Catalog, panel: DashboardPanel, answers: readonly Answered[]): string[] {
  const isTable = panel.built.type === "table";
  const columns = new Set([...fieldsOf(panel, answers)].map((field) => renamed(panel)[field] ?? field));
  const occurs = (name: string): boolean =>
    isTable
      ? columns.has(name)
      : panel.targets.some((target) => canBe(name, catalog, panel, target, answers));
  const names = overridesOf(panel).flatMap(({ matcher: { id, options } }) =>
    id === "byName" ? [String(options)] : [],
  );
  const never = names.filter((name) => !occurs(name));
  return never.length === 0 ? [] : [`${panel.title}: overrides ${never.join(", ")}, which never occurs`];
}

function fieldFaults(panel: DashboardPanel, answers: readonly Answered[]): string[] {
  const fields = fieldsOf(panel, answers);
  return namedFields(panel)
    .filter((field) => !fields.has(field))
    .map((field) => `${panel.title}: a column shows ${field}, which no query has`);
}

/** RefIds that anything but the queries themselves names. */
function refIdFaults({ built, targets, title }: DashboardPanel): string[] {
  const { transformations = [], fieldConfig } = built;
  const text = JSON.stringify({ transformations, overrides: fieldConfig?.overrides });
  const named = [...text.matchAll(/Value #(\w+)|"refId":"(\w+)"/g)].map(([, field, refId]) => field ?? refId);
  return named
    .filter((refId) => !targets.some((target) => target.refId === refId))
    .map((refId) => `${title}: names ${refId}, which is no query`);
}

function isVariable(name: string, panel: DashboardPanel): boolean {
  const { built, dashboard } = panel;
  const [, quoted, plain] = /^__data\.fields(?:\["(.+)"\]|\.(\w+))$/.exec(name) ?? [];
  const column = quoted ?? plain;
  if (column !== undefined) return Object.values(renamed(panel)).includes(column);
  const [, label] = /^__field\.labels\.(\w+)$/.exec(name) ?? [];
  if (label !== undefined)
    return built.targets?.some((target) => JSON.stringify(target).includes(label)) ?? false;
  return (
    BUILT_IN.test(name) || (dashboard.templating?.list?.some((variable) => variable.name === name) ?? false)
  );
}

/** Links with variables that nothing replaces, or to dashboards that are none of ours. */
function linkFaults(panel: DashboardPanel, panels: readonly DashboardPanel[]): string[] {
  const urls = [...JSON.stringify(panel.built).matchAll(/"url":"((?:[^"\\]|\\.)*)"/g)].map(
    ([, url = ""]) => JSON.parse(`"${url}"`) as string,
  );
  const uids = new Set(panels.map(({ spec }) => spec.uid));
  return urls.flatMap((url) => {
    const unknown = [...url.matchAll(/\$\{([^}]+)\}/g)]
      .map(([, name = ""]) => name.replace(/:\w+$/, ""))
      .filter((name) => !isVariable(name, panel));
    const [, uid] = /^\/d\/([\w-]+)/.exec(url) ?? [];
    return [
      ...unknown.map((name) => `${panel.title}: a link has \${${name}}, which nothing replaces`),
      ...(uid === undefined || uids.has(uid)
        ? []
        : [`${panel.title}: a link leads to ${uid}, which is no dashboard`]),
    ];
  });
}

interface Step {
  readonly value?: number | null;
}

function stepsOf({ built }: DashboardPanel): { unit: string; steps: readonly Step[] }[] {
  const { defaults, overrides = [] } = built.fieldConfig ?? {};
  const own = overrides.map(({ properties }) => ({
    unit: String(properties.find(({ id }) => id === "unit")?.value ?? defaults?.unit),
    steps:
      (properties.find(({ id }) => id === "thresholds")?.value as { steps?: Step[] } | undefined)?.steps ??
      [],
  }));
  return [{ unit: String(defaults?.unit), steps: defaults?.thresholds?.steps ?? [] }, ...own];
}

/** Thresholds that no value of the unit ever reaches. */
function thresholdFaults(panel: DashboardPanel): string[] {
  return stepsOf(panel).flatMap(({ unit, steps }) => {
    const most = unit === "percentunit" ? 1 : Number.POSITIVE_INFINITY;
    return steps
      .flatMap(({ value }) => value ?? [])
      .filter((value) => value < 0 || value > most)
      .map((value) => `${panel.title}: a threshold is at ${value} ${unit}`);
  });
}

/** What is wrong with whatever a panel names beside its queries: series, fields, queries, variables, dashboards, thresholds. */
export function referenceFaults(
  catalog: Catalog,
  panels: readonly DashboardPanel[],
  answers: readonly Answered[],
): string[] {
  return panels.flatMap((panel) => [
    ...overrideFaults(catalog, panel, answers),
    ...fieldFaults(panel, answers),
    ...refIdFaults(panel),
    ...linkFaults(panel, panels),
    ...thresholdFaults(panel),
  ]);
}
