import { allMetrics, type Catalog } from "@sockscope/catalog";
import { labelNames, type PromqlNode, type SelectorNode } from "@sockscope/promql";
import type { DashboardPanel } from "@sockscope/stack/grafana";

/** Panels that show a moment; of a range they would show the last value of what has ended, too. */
const OF_THE_MOMENT: readonly string[] = ["stat", "gauge", "bargauge", "table", "piechart"];

/** Every series that an expression reads. */
export function selectorsOf(node: PromqlNode): readonly SelectorNode[] {
  switch (node.kind) {
    case "selector":
      return [node];
    case "aggregation":
    case "subquery":
      return selectorsOf(node.of);
    case "binary":
      return [...selectorsOf(node.left), ...selectorsOf(node.right)];
    case "call":
      return node.args.flatMap(selectorsOf);
    default:
      return [];
  }
}

function hasApp(name: string, catalog: Catalog): boolean {
  const metric = name.replace(/_(bucket|count|sum)$/, "");
  const found = allMetrics(catalog).find((entry) => [name, metric].includes(entry.metric.name));
  return found !== undefined && (labelNames(found.metric) as readonly string[]).includes("app");
}

/** Series of every app in a panel of a dashboard whose reader chooses one. */
function unchosen(catalog: Catalog, panel: DashboardPanel): string[] {
  if (!panel.spec.variables.includes("app") || panel.traits.includes("of every app")) return [];
  return panel.queries.flatMap(({ refId, expression }) =>
    selectorsOf(expression.node)
      .filter(({ name, matchers }) => hasApp(name, catalog) && !matchers.includes('app=~"$app"'))
      .map(({ name }) => `${panel.title}, ${refId}: shows ${name} of every app, whichever is chosen`),
  );
}

/** Queries that show every environment, whichever is chosen. */
function unchosenEnvironments({ environmentLabels }: Catalog, panel: DashboardPanel): string[] {
  return panel.targets.flatMap(({ refId, expr }) => {
    const node = panel.queries.find((query) => query.refId === refId)?.expression.node;
    const selectors = node === undefined ? [] : selectorsOf(node);
    const ofEvery = selectors.filter(({ isOfEveryEnvironment }) => isOfEveryEnvironment === true);
    const isAsked = (matcher: string, times: number): boolean => expr.split(matcher).length - 1 >= times;
    return environmentLabels
      .filter(
        (label) =>
          !isAsked(`${label}=~"$${label}"`, selectors.length - ofEvery.length) ||
          !isAsked(`${label}=~"$${label}|"`, ofEvery.length),
      )
      .map((label) => `${panel.title}, ${refId}: shows every ${label}, whichever is chosen`);
  });
}

function misasked({ built, targets, title }: DashboardPanel): string[] {
  const isOfMoment = OF_THE_MOMENT.includes(built.type);
  return targets
    .filter(({ instant }) => (instant === true) !== isOfMoment)
    .map(
      ({ refId }) => `${title}, ${refId}: a ${built.type} asks for ${isOfMoment ? "a range" : "a moment"}`,
    );
}

/** What is wrong with how panels ask: a moment for a course, a course for a moment, everything for what was chosen. */
export function askingFaults(catalog: Catalog, panels: readonly DashboardPanel[]): string[] {
  return panels.flatMap((panel) => [
    ...misasked(panel),
    ...unchosen(catalog, panel),
    ...unchosenEnvironments(catalog, panel),
  ]);
}
