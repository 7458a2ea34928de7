import {
  type AlertRule,
  type Links,
  runbookFile,
  runbookUrl,
  SYMPTOMS,
  type Symptom,
  symptoms,
} from "@sockscope/alerts";
import {
  allMetrics,
  allTargets,
  type Catalog,
  type CloseCode,
  DEFAULT_CATALOG,
  type DocumentedMetric,
  documentedIn,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  type LabelDomain,
  type Metric,
  SERVER_FRAMES_RECEIVED,
  SERVER_FRAMES_SENT,
  type Target,
} from "@sockscope/catalog";
import { clientDoes, olderLayoutText } from "@sockscope/runbooks";
import { type RecordingRule, recordingGroups, slis } from "@sockscope/slo";
import type { Explanation } from "./explanation.ts";
import { labelTexts } from "./label-texts.ts";
import { objectiveText } from "./objective-text.ts";
import { namesIn, type Reader, readersOf, readingsOf } from "./readers.ts";

/** What the explanations of one catalog have in common. */
interface World {
  readonly catalog: Catalog;
  readonly links: Links | undefined;
  readonly readers: readonly Reader[];
  /** Everything with a name that a query can read. */
  readonly readable: ReadonlySet<string>;
}

function reads(query: string, { readable }: World): string {
  return namesIn(query, readable).join("\n") || "nothing";
}

function readBy(name: string, { readers }: World): string {
  const lines = readingsOf(name, readers).map(({ reader, through }) => {
    const way = through === undefined ? "" : `, through ${through}`;
    return `${reader.kind} ${reader.name}${way}`;
  });
  return lines.join("\n") || "nobody yet";
}

const DECLARED_IN_CONFIGURATION: readonly (readonly [string, string])[] = [
  ["Declared in", "the configuration"],
];

/** The buckets, and what becomes of what comes in older ones. */
function bucketTexts({ metric: of, olderLayouts = [] }: DocumentedMetric): readonly string[] {
  if (!("layout" in of)) return [];
  return [`${of.layout.id}: ${of.layout.bounds.join(", ")}`, ...olderLayouts.map(olderLayoutText)];
}

function metric(entry: DocumentedMetric, world: World): Explanation {
  const { metric: of, symbol, help, unit, readAs, doNot } = entry;
  const labels = labelTexts(entry);
  const buckets = bucketTexts(entry);
  const isOwn = world.catalog.ownMetrics.includes(entry);
  return {
    kind: "metric",
    name: of.name,
    aliases: [symbol],
    text: help,
    facts: [
      ["Type", `${of.type.replace("_", " ")}, in ${unit}`],
      ...(readAs === "" ? [] : [["Read it as", readAs] as const]),
      ...(doNot === "" ? [] : [["Do not", doNot] as const]),
      ...(labels.length === 0 ? [] : [["Labels", labels.join("; ")] as const]),
      ...(buckets.length === 0 ? [] : [["Buckets", buckets.join("\n")] as const]),
      ...(isOwn ? DECLARED_IN_CONFIGURATION : []),
      ["Read by", readBy(of.name, world)],
    ],
  };
}

function whenItFires({ severity, labels, expression, holds, keepFiringFor }: AlertRule): string {
  const who = { page: "A page", ticket: "A ticket", none: "For machines" }[severity];
  const times = [
    ...(holds === undefined ? [] : [`after ${holds}`]),
    ...(keepFiringFor === undefined ? [] : [`for ${keepFiringFor} after its condition ended`]),
    ...Object.entries(labels ?? {}).map(([name, value]) => `${name} ${value}`),
  ];
  return `${[who, ...times].join(", ")}:\n${expression.promql}`;
}

/** Where its reader finds the runbook of an alert: at its address, else among what is generated. */
function whatToDo({ name }: Symptom, links: Links | undefined): string {
  return links === undefined
    ? `runbooks/${runbookFile({ name })}, which \`sockscope generate\` writes`
    : runbookUrl({ name }, links);
}

/** An alert of the product's, as a deployment has it, or leaves it out. */
function alert({ name, summary }: Symptom, world: World): Explanation {
  const { catalog, links } = world;
  const of = { kind: "alert", name, aliases: [], text: summary } as const;
  const told = symptoms(catalog).find((symptom) => symptom.name === name);
  if (told === undefined) return { ...of, facts: [["It fires", "never: the configuration leaves it out"]] };
  const { rules } = told;
  const queries = rules.map(({ expression }) => expression.promql).join("\n");
  return {
    ...of,
    facts: [
      ["Its pager says", rules.map(({ description }) => description).join("\n")],
      ["It fires", rules.map(whenItFires).join("\n\n")],
      ["It reads", reads(queries, world)],
      ["What to do", whatToDo(told, links)],
    ],
  };
}

function recordingRule({ record, meaning, expression }: RecordingRule, world: World): Explanation {
  return {
    kind: "recording rule",
    name: record,
    aliases: [],
    text: meaning,
    facts: [
      ["Labels", expression.labels.join(", ") || "none"],
      ["It records", expression.promql],
      ["It reads", reads(expression.promql, world)],
      ["Read by", readBy(record, world)],
    ],
  };
}

function target(entry: Target, world: World): Explanation {
  const met = slis(world.catalog).find((sli) => sli.target.id === entry.id)?.met.promql ?? "";
  return {
    kind: "target",
    name: entry.id,
    aliases: [],
    text: `${entry.title}: ${objectiveText(entry.objective)}, over ${entry.per}. ${entry.rationale}`,
    facts: [
      ["Met where this has a result", met],
      ["It reads", reads(met, world)],
    ],
  };
}

function valuesOf({ metric: { labels } }: DocumentedMetric, label: string): readonly string[] {
  const domain = (labels as Readonly<Record<string, LabelDomain>>)[label];
  return Array.isArray(domain) ? domain : [];
}

/** The metrics that have a series for a close code. */
function countedIn(code: string, { clientMetrics, serverMetrics }: Catalog): string {
  const counting = [...clientMetrics, ...serverMetrics].filter((of) => valuesOf(of, "code").includes(code));
  return counting.map(({ metric: { name } }) => name).join(" ");
}

function closeCode({ label, name, meaning, travels, policy }: CloseCode, { catalog }: World): Explanation {
  const reasons = Object.entries(catalog.closeReasons)
    .filter(([, sent]) => catalog.closeCodeLabel(sent) === label)
    .map(([reason]) => reason);
  const isOwn = !DEFAULT_CATALOG.closeCodes.some((known) => known.label === label);
  return {
    kind: "close code",
    name: label,
    aliases: [],
    text: `${name}. ${meaning}`,
    facts: [
      ["A client does", clientDoes(policy)],
      ["The user sees", policy.userSees],
      ...(reasons.length === 0 ? [] : [["The server sends it for", reasons.join(", ")] as const]),
      ["Counted in", countedIn(label, catalog)],
      ["It travels", travels ? "in a close frame" : "never: the endpoint that reports it makes it up"],
      ...(isOwn ? DECLARED_IN_CONFIGURATION : []),
    ],
  };
}

/** Who counts a frame, by the way that it goes. */
const WAYS: readonly (readonly [way: string, metrics: readonly Metric[]])[] = [
  ["from the server to the client", [SERVER_FRAMES_SENT, FRAMES_RECEIVED]],
  ["from the client to the server", [FRAMES_SENT, SERVER_FRAMES_RECEIVED]],
];

/** Frames that a deployment added: their names are values of a label. */
function ownFrames(catalog: Catalog): readonly Explanation[] {
  const metrics = allMetrics(catalog);
  const isOwn = (of: Metric) => {
    const known = valuesOf(documentedIn(allMetrics(DEFAULT_CATALOG), of), "event");
    return (event: string): boolean => !known.includes(event);
  };
  const events = WAYS.flatMap(([way, counting]) =>
    counting.slice(0, 1).flatMap((of) =>
      valuesOf(documentedIn(metrics, of), "event")
        .filter(isOwn(of))
        .map((event) => ({ event, way, counting })),
    ),
  );
  return [...new Set(events.map(({ event }) => event))].map((event): Explanation => {
    const ways = events.filter((of) => of.event === event);
    const series = ways.flatMap(({ counting }) => counting.map(({ name }) => `${name}{event="${event}"}`));
    return {
      kind: "frame",
      name: event,
      aliases: [],
      text: `A frame ${ways.map(({ way }) => way).join(", and ")}.`,
      facts: [["Counted in", series.join("\n")], ...DECLARED_IN_CONFIGURATION],
    };
  });
}

/**
 * Everything of a catalog that has a name which somebody may meet and not know, with the catalog's own numbers, labels and
 * names.
 *
 * @param links where a deployment's runbooks are
 */
export function explanationsOf(catalog: Catalog, links?: Links): readonly Explanation[] {
  const rules = recordingGroups(catalog).flatMap((group) => group.rules);
  const names = [
    ...allMetrics(catalog).map((entry) => entry.metric.name),
    ...rules.map(({ record }) => record),
  ];
  const world: World = { catalog, links, readers: readersOf(catalog), readable: new Set(names) };
  return [
    ...allMetrics(catalog).map((entry) => metric(entry, world)),
    ...SYMPTOMS.map((symptom) => alert(symptom, world)),
    ...rules.map((rule) => recordingRule(rule, world)),
    ...allTargets(catalog.targets).map((entry) => target(entry, world)),
    ...catalog.closeCodes.map((code) => closeCode(code, world)),
    ...ownFrames(catalog),
  ];
}
