import { dataLayers, SceneDataLayerSet } from "@grafana/scenes";
import { DATA_SOURCE } from "../prometheus/data-source.ts";
import type { AnnotationJson, DashboardJson } from "./dashboard-json.ts";

type LayerQuery = dataLayers.AnnotationsDataLayer["state"]["query"];

/** Grafana keeps a list of its own first, which holds what people wrote into it. */
function isQuery({ builtIn, expr, target }: AnnotationJson): boolean {
  return builtIn !== 1 && Boolean(target?.expr ?? expr);
}

function layerOf(annotation: AnnotationJson): dataLayers.AnnotationsDataLayer {
  const isEnabled = annotation.enable !== false;
  const query = { iconColor: "blue", ...annotation, enable: isEnabled, datasource: DATA_SOURCE };
  return new dataLayers.AnnotationsDataLayer({
    name: annotation.name,
    isEnabled,
    isHidden: annotation.hide === true,
    query: query as unknown as LayerQuery,
  });
}

/** What a dashboard's annotation queries find, for every chart; undefined when there is none. */
export function annotationLayers({ annotations }: DashboardJson): SceneDataLayerSet | undefined {
  const queries = (annotations?.list ?? []).filter(isQuery);
  return queries.length === 0 ? undefined : new SceneDataLayerSet({ layers: queries.map(layerOf) });
}
