import type { FieldConfigSource } from "@grafana/data";
import { SceneDataTransformer, SceneQueryRunner, VizPanel } from "@grafana/scenes";
import { DATA_SOURCE } from "../prometheus/data-source.ts";
import type { PanelJson } from "./dashboard-json.ts";
import { PanelLinks } from "./panel-links.tsx";
import { panelMenu } from "./panel-menu.ts";

type Steps = { value: number | null }[];

/** JSON has no infinity, so a dashboard's first threshold begins at null. */
function fromInfinity(steps: Steps): Steps {
  return steps.map((step) => ({ ...step, value: step.value ?? Number.NEGATIVE_INFINITY }));
}

function fieldConfigOf({ fieldConfig }: PanelJson): FieldConfigSource {
  const { defaults = {}, overrides = [] } = fieldConfig ?? {};
  const { thresholds } = defaults;
  const steps =
    thresholds === undefined ? {} : { thresholds: { ...thresholds, steps: fromInfinity(thresholds.steps) } };
  return {
    defaults: { ...defaults, ...steps } as FieldConfigSource["defaults"],
    overrides: overrides.map((override) => ({
      ...override,
      properties: override.properties.map((property) =>
        property.id === "thresholds"
          ? { ...property, value: { ...property.value, steps: fromInfinity(property.value.steps) } }
          : property,
      ),
    })),
  };
}

function dataOf(panel: PanelJson): SceneQueryRunner | SceneDataTransformer | undefined {
  const { targets = [], transformations = [], interval, maxDataPoints } = panel;
  if (targets.length === 0) return undefined;
  const runner = new SceneQueryRunner({
    datasource: DATA_SOURCE,
    queries: targets.map((target) => ({ ...target, datasource: DATA_SOURCE })),
    maxDataPointsFromWidth: maxDataPoints === undefined,
    ...(maxDataPoints ? { maxDataPoints } : {}),
    ...(interval ? { minInterval: interval } : {}),
  });
  if (transformations.length === 0) return runner;
  return new SceneDataTransformer({ $data: runner, transformations: [...transformations] });
}

/** How a panel is found within its dashboard. */
export function panelKey(id: number): string {
  return `panel-${id}`;
}

/** A panel with its queries. */
export function vizPanelOf(panel: PanelJson): VizPanel {
  const { id = 0, type, title = "", description, links = [], transparent = false } = panel;
  const $data = dataOf(panel);
  return new VizPanel({
    key: panelKey(id),
    pluginId: type,
    title,
    options: panel.options ?? {},
    fieldConfig: fieldConfigOf(panel),
    displayMode: transparent ? "transparent" : "default",
    hoverHeader: title === "",
    menu: panelMenu(panel),
    ...(description === undefined ? {} : { description }),
    ...($data === undefined ? {} : { $data }),
    ...(links.length === 0 ? {} : { titleItems: new PanelLinks({ links }) }),
  });
}
