import { type FieldColorModeId, FieldConfigProperty, PanelPlugin, type PanelProps } from "@grafana/data";
import type { ComponentType } from "react";
import { withNotices } from "./panel-notices.tsx";

const NOTHING = (): null => null;

/**
 * A panel type as Grafana has it, without editors.
 *
 * @param colorMode how its fields are coloured where a dashboard does not say
 * @param custom what a field can be told for this type of panel besides what every field can, with its default
 */
export function panelPlugin<O extends object>(
  panel: ComponentType<PanelProps<O>>,
  colorMode: FieldColorModeId,
  custom: Readonly<Record<string, unknown>> = {},
): PanelPlugin<O> {
  // biome-ignore lint/correctness/useHookAtTopLevel: Grafana calls it so, and it is none of React's.
  return new PanelPlugin<O>(withNotices(panel)).useFieldConfig({
    standardOptions: { [FieldConfigProperty.Color]: { defaultValue: { mode: colorMode } } },
    useCustomConfig: (builder) => {
      for (const [id, defaultValue] of Object.entries(custom)) {
        builder.addCustomEditor({
          id,
          path: id,
          name: id,
          defaultValue,
          editor: NOTHING,
          override: NOTHING,
          process: (value: unknown) => value,
          shouldApply: () => true,
        });
      }
    },
  });
}
