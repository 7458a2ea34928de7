import type { dataLayers } from "@grafana/scenes";
import {
  ControlsLabel,
  type SceneComponentProps,
  SceneDataLayerSet,
  SceneObjectBase,
  type SceneObjectState,
  sceneGraph,
} from "@grafana/scenes";
import type { ReactElement } from "react";

type Layer = dataLayers.AnnotationsDataLayer;

function Switch({ layer }: { readonly layer: Layer }): ReactElement | null {
  const { name, isHidden, data } = layer.useState();
  if (isHidden) return null;
  const error = data?.errors?.[0]?.message;
  return (
    <div style={{ display: "flex" }}>
      <ControlsLabel
        htmlFor={`data-layer-${layer.state.key}`}
        label={name}
        {...(error === undefined ? {} : { error })}
      />
      <layer.Component model={layer} />
    </div>
  );
}

function AnnotationSwitchesRenderer({ model }: SceneComponentProps<AnnotationSwitches>): ReactElement {
  const sets = sceneGraph.getDataLayers(model, true).filter((layer) => layer instanceof SceneDataLayerSet);
  const layers = sets.flatMap((set) => set.state.layers as Layer[]);
  return (
    <>
      {layers.map((layer) => (
        <Switch key={layer.state.key} layer={layer} />
      ))}
    </>
  );
}

/** Turns each annotation query of a dashboard on and off. */
export class AnnotationSwitches extends SceneObjectBase<SceneObjectState> {
  static readonly Component = AnnotationSwitchesRenderer;
}
