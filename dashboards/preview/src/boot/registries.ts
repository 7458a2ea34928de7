import {
  type FieldConfigPropertyItem,
  identityOverrideProcessor,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  type TransformerRegistryItem,
} from "@grafana/data";

/** What every panel's fields can be told, by its path. */
const STANDARD_OPTIONS = [
  "displayName",
  "unit",
  "min",
  "max",
  "fieldMinMax",
  "decimals",
  "color",
  "mappings",
  "thresholds",
  "noValue",
  "links",
  "actions",
  "filterable",
  "description",
] as const;

const NO_EDITOR = (): null => null;

/** What Grafana assumes where a dashboard does not say. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  thresholds: {
    mode: "absolute",
    steps: [
      { value: Number.NEGATIVE_INFINITY, color: "green" },
      { value: 80, color: "red" },
    ],
  },
};

function standardOption(id: string): FieldConfigPropertyItem {
  return {
    id,
    path: id,
    name: id,
    description: "",
    editor: NO_EDITOR,
    override: NO_EDITOR,
    process: identityOverrideProcessor,
    shouldApply: () => true,
    settings: {},
    ...(id in DEFAULTS ? { defaultValue: DEFAULTS[id] } : {}),
  };
}

function transformers(): TransformerRegistryItem[] {
  // Some have two names within the object.
  const distinct = new Map(Object.values(standardTransformers).map((one) => [one.id, one]));
  return [...distinct.values()].map((transformation) => ({
    id: transformation.id,
    name: transformation.name,
    transformation: () => Promise.resolve(transformation),
    editor: NO_EDITOR,
    imageDark: "",
    imageLight: "",
  })) as unknown as TransformerRegistryItem[];
}

/** Registers what a Grafana registers at its start: the options of fields and the transformations, without editors. */
export function fillRegistries(): void {
  standardFieldConfigEditorRegistry.setInit(() => STANDARD_OPTIONS.map(standardOption));
  standardTransformersRegistry.setInit(transformers);
}
