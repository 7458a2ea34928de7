import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Catalog } from "@sockscope/catalog";
import { annotations } from "./annotations.ts";
import { placeSections } from "./grid.ts";
import { type DashboardLinks, EXAMPLE_DASHBOARD_LINKS } from "./links.ts";
import type { PanelContext, PanelSpec } from "./panels/panel.ts";
import { dataSourceVariable, labelVariable } from "./variables.ts";

/** Panels that answer one question. */
export interface Section {
  /** The heading and its id, one among those of the panels; what stands above all headings has none. */
  readonly heading?: { readonly id: number; readonly title: string };
  /** In reading order; they flow into rows by their width. */
  readonly panels: readonly PanelSpec[];
}

/** What one of our dashboards says; everything that all of them share is added by {@link buildDashboard}. */
export interface DashboardSpec {
  /** Part of every link to the dashboard: never changes. */
  readonly uid: string;
  readonly title: string;
  /** The question that it answers. */
  readonly description: string;
  /** Labels that its reader chooses by, each with a variable of its name. */
  readonly variables: readonly string[];
  readonly sections: readonly Section[];
}

/** Every panel of a dashboard, in reading order. */
export function panelsOf({ sections }: DashboardSpec): readonly PanelSpec[] {
  return sections.flatMap(({ panels }) => panels);
}

function assertOwnIds(spec: DashboardSpec): void {
  const seen = new Map<number, string>();
  const all = spec.sections.flatMap(({ heading, panels }): { id: number; title: string }[] => [
    ...(heading === undefined ? [] : [heading]),
    ...panels,
  ]);
  for (const { id, title } of all) {
    const other = seen.get(id);
    if (other !== undefined) {
      throw new Error(
        `Dashboard ${spec.uid}: "${other}" and "${title}" share the id ${id}. Give one a new id.`,
      );
    }
    seen.set(id, title);
  }
}

/** A refId is a name within its panel, and part of the names of a table's fields. */
function assertRefIds({ uid }: DashboardSpec, { title, queries }: PanelSpec): void {
  const refIds = queries.map(({ refId }) => refId);
  const wrong = refIds.find((refId, index) => !/^\w+$/.test(refId) || refIds.indexOf(refId) !== index);
  if (wrong === undefined) return;
  throw new Error(
    `Dashboard ${uid}, panel "${title}": the refId "${wrong}" is not the name of one query; take letters, digits and _.`,
  );
}

/** JSON has no comments, and a description is shown to whoever wants to edit. */
const GENERATED_NOTICE = "Generated. Change the source or the configuration, not this dashboard.";

const TAG = "sockscope";

/** To the other dashboards, at the same time and for the same apps, and to the runbooks. */
function navigation({ runbooks }: DashboardLinks): DashboardLinkBuilder[] {
  return [
    new DashboardLinkBuilder("Sockscope")
      .type(DashboardLinkType.Dashboards)
      .tags([TAG])
      .asDropdown(false)
      .includeVars(true)
      .keepTime(true),
    new DashboardLinkBuilder("Runbooks")
      .type(DashboardLinkType.Link)
      .icon("doc")
      .url(`${runbooks}/README.md`)
      .targetBlank(true),
  ];
}

/**
 * The classic dashboard JSON, which every Grafana imports and provisions: no `id`, a stable `uid`, a data source that is
 * chosen in the dashboard, and panel ids and refIds that survive edits.
 */
export function buildDashboard(
  spec: DashboardSpec,
  catalog: Catalog,
  links: DashboardLinks = EXAMPLE_DASHBOARD_LINKS,
): Dashboard {
  assertOwnIds(spec);
  for (const panel of panelsOf(spec)) assertRefIds(spec, panel);
  // What is chosen by the app is a matter of each panel: some are about servers, or about all.
  const environmentLabels = spec.variables.filter((label) => label !== "app");
  const context: PanelContext = { environmentLabels, links };
  const builder = new DashboardBuilder(spec.title)
    .id(null)
    .uid(spec.uid)
    .description(`${spec.description} ${GENERATED_NOTICE}`)
    .tags([TAG])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: "now-1h", to: "now" })
    .refresh("30s")
    .links(navigation(links))
    .withVariable(dataSourceVariable());
  for (const label of spec.variables) builder.withVariable(labelVariable(label));
  for (const annotation of annotations(catalog, environmentLabels)) builder.annotation(annotation);
  const sections = spec.sections.map(({ heading, panels }) => ({
    heading,
    panels: panels.map((panel) => ({ panel: panel.build(context), size: panel })),
  }));
  return { ...builder.build(), panels: placeSections(sections) };
}
