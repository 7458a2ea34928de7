import { allMetrics, DEFAULT_CATALOG } from "@sockscope/catalog";
import type { Config } from "../declaration.ts";
import { STAMPED_LABELS } from "../generated/what-is-generated.ts";
import { valueText } from "../mistakes.ts";
import { type Contradiction, mistakeAt, type Path, repeated } from "./mistake-at.ts";
import { TAKEN_LABELS } from "./taken-labels.ts";

/** What `ALERTS` is labelled with, and the variable by which dashboards choose a data source. */
const TAKEN_IN_ENVIRONMENT: readonly string[] = ["alertstate", "datasource"];

/** Names of labels that series or alerts have already: a label of the environment would replace them, or be replaced. */
const LABELS_IN_USE: readonly string[] = [
  ...TAKEN_LABELS,
  ...TAKEN_IN_ENVIRONMENT,
  ...STAMPED_LABELS,
  ...allMetrics(DEFAULT_CATALOG).flatMap(({ metric }) => [
    ...Object.keys(metric.labels),
    ...("optInLabels" in metric ? Object.keys(metric.optInLabels ?? {}) : []),
  ]),
];

/** What cannot be a label of every series. */
export function environmentMistakes({ environmentLabels }: Config): Contradiction[] {
  const taken = environmentLabels.flatMap((label, position) =>
    LABELS_IN_USE.includes(label)
      ? [
          mistakeAt(
            ["environmentLabels", position],
            `${valueText(label)} has a meaning of its own; use another name`,
          ),
        ]
      : [],
  );
  return [...taken, ...repeated(["environmentLabels"], environmentLabels)];
}

/** Labels by which an environment is named, without being a label of the environment. */
export function unknownEnvironments({ environmentLabels, scrape, receivers }: Config): Contradiction[] {
  const named: [path: Path, labels: readonly string[]][] = [
    [["scrape", "labels"], Object.keys(scrape?.labels ?? {})],
    [["receivers", "pageWhere"], Object.keys(receivers.pageWhere ?? {})],
  ];
  const unknown = named.flatMap(([path, labels]) =>
    labels
      .filter((label) => !environmentLabels.includes(label))
      .map((label) =>
        mistakeAt([...path, label], "is no label of the environment; add it to environmentLabels"),
      ),
  );
  const missing = environmentLabels
    .filter((label) => scrape?.labels !== undefined && !Object.hasOwn(scrape.labels, label))
    .map((label) =>
      mistakeAt(["scrape", "labels"], `has no ${label}, which is in environmentLabels; add it`),
    );
  return [...unknown, ...missing];
}
