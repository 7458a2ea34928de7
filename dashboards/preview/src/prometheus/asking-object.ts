import type { ScopedVars } from "@grafana/data";
import type { SceneObject } from "@grafana/scenes";

/** The part of a dashboard that asks, by which variables are looked up. */
export function askingObject(scopedVars: ScopedVars): SceneObject | undefined {
  return scopedVars["__sceneObject"]?.value?.valueOf() as SceneObject | undefined;
}
