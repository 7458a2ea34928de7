import { type Alert, alerts, type Receivers } from "@sockscope/alerts";
import { type Catalog, createCatalog } from "@sockscope/catalog";
import {
  type AlertmanagerConfig,
  type Inhibition,
  isSuppressed,
  routeOf,
} from "./alertmanager-semantics.test-support.ts";
import { isMeant, type Labels, labelsOf, nameOf, own, RECEIVERS } from "./expected-routing.test-support.ts";

/** A deployment that makes use of all that routes can say. */
export const ROUTED_CATALOG: Catalog = createCatalog({ environmentLabels: ["cluster"] });

/** {@link ROUTED_CATALOG} */
export const ROUTED: Receivers = {
  page: {},
  ticketHours: { from: "08:00", to: "18:00", days: "monday:friday", location: "Europe/Berlin" },
  pageWhere: { cluster: ["prod.eu"] },
};

const ALL = alerts(ROUTED_CATALOG);
const HERE = { cluster: "prod.eu" };
const GROUP = ["alertname", "cluster", "app", "job"];

/** When whom is told of what: a call waits for an incident's other rules, and a forgotten one comes back twice a shift. */
const TOLD = { group_by: GROUP, group_wait: "30s", group_interval: "5m", repeat_interval: "4h" };
const PAGED = { receiver: RECEIVERS.page, ...TOLD };
const FILED = { receiver: RECEIVERS.ticket, ...TOLD, active_time_intervals: ["ticket hours"] };
/** Whoever waits for it calls when it is not there for a few minutes. */
const ALIVE = {
  receiver: RECEIVERS.none,
  group_by: GROUP,
  group_wait: "0s",
  group_interval: "1m",
  repeat_interval: "1m",
};
const OF_SEVERITY = { page: PAGED, ticket: FILED, none: ALIVE };

/** Labels of alerts, and how they are to be told. */
const TOLD_AS: readonly (readonly [labels: Labels, told: object])[] = [
  ...ALL.map((alert) => [labelsOf(alert, HERE), OF_SEVERITY[alert.severity]] as const),
  [{ alertname: "WithoutSeverity", ...HERE }, PAGED],
  [{ alertname: "OfEveryCluster", severity: "page" }, PAGED],
  [{ alertname: "Elsewhere", severity: "page", cluster: "test" }, FILED],
  [{ alertname: "AlmostThere", severity: "page", cluster: "prod-eu" }, FILED],
  [{ alertname: "Elsewhere", severity: "none", cluster: "test" }, ALIVE],
];

const HOURS = [
  {
    name: "ticket hours",
    time_intervals: [
      {
        times: [{ start_time: "08:00", end_time: "18:00" }],
        weekdays: ["monday:friday"],
        location: "Europe/Berlin",
      },
    ],
  },
];

function sorted(told: object): string {
  const { matchers: _, ...others } = told as { matchers?: unknown };
  return JSON.stringify(Object.entries(others).sort());
}

/** Alerts that are told to others, at other times or in other groups than they ought to be. */
function toldFaults(config: AlertmanagerConfig): string[] {
  const wrong = TOLD_AS.filter(([labels, told]) => sorted(routeOf(config, labels)) !== sorted(told));
  const unknown = [config.route, ...(config.route.routes ?? [])].filter(
    ({ receiver }) => !config.receivers.some(({ name }) => name === receiver),
  );
  return [
    ...wrong.map(([labels]) => `${nameOf(labels)}: is told otherwise`),
    ...unknown.map(({ receiver }) => `${receiver}: is nobody`),
    ...(JSON.stringify(config.time_intervals) === JSON.stringify(HOURS) ? [] : ["tickets: have other hours"]),
  ];
}

/** Two alerts that fire at a time, and whether the second is to keep quiet. */
interface Pair {
  readonly source: Labels;
  readonly target: Labels;
  readonly isQuiet: boolean;
}

function compares(label: string, source: Alert, target: Alert): boolean {
  return [source, target].every(({ expression }) => expression.labels.includes(label));
}

/** Grafana calls an alert by its rule's title, which goes on after the name. */
function titled(labels: Labels): Labels {
  return { ...labels, alertname: `${labels["alertname"]}-title` };
}

function pairsOf(source: Alert, target: Alert): Pair[] {
  const isQuiet = isMeant(source, target);
  const [one, other] = [labelsOf(source, HERE), labelsOf(target, HERE)];
  const differing = (label: string): Pair => ({
    source: one,
    target: labelsOf(target, { ...HERE, [label]: "another" }),
    isQuiet: isQuiet && !compares(label, source, target),
  });
  const isOfEveryCluster = source.expression.promql.includes("absent(");
  return [
    { source: one, target: other, isQuiet },
    { source: titled(one), target: titled(other), isQuiet },
    ...["app", "job", "cluster"].map(differing),
    ...(isOfEveryCluster ? [{ source: own(source), target: other, isQuiet }] : []),
  ];
}

/** Alerts that are none of ours and have their labels have no say, and are heard. */
function pairsWithForeign(alert: Alert): Pair[] {
  const labels = labelsOf(alert, HERE);
  const foreign = { ...labels, alertname: "Foreign" };
  return [
    { source: foreign, target: labels, isQuiet: false },
    { source: { alertname: "Foreign", severity: "page" }, target: labels, isQuiet: false },
    { source: labels, target: foreign, isQuiet: false },
  ];
}

const PAIRS: readonly Pair[] = [
  ...ALL.flatMap((source) =>
    ALL.filter((target) => target !== source).flatMap((target) => pairsOf(source, target)),
  ),
  ...ALL.flatMap(pairsWithForeign),
  // What is true of every cluster says no more than what is true of this one.
  ...ALL.map((alert) => ({ source: own(alert), target: labelsOf(alert, HERE), isQuiet: false })),
];

/** A rule that hundreds of configurations have is looked at once. */
const suppressing = new Map<string, ReadonlySet<Pair>>();

function suppressedBy(rule: Inhibition): ReadonlySet<Pair> {
  const key = JSON.stringify(rule);
  const known = suppressing.get(key);
  if (known !== undefined) return known;
  const suppressed = new Set(PAIRS.filter(({ source, target }) => isSuppressed(rule, source, target)));
  suppressing.set(key, suppressed);
  return suppressed;
}

function quietIn({ inhibit_rules }: AlertmanagerConfig): ReadonlySet<Pair> {
  return new Set(inhibit_rules.flatMap((rule) => [...suppressedBy(rule)]));
}

/** Alerts that keep quiet and ought to be heard, or are heard beside one that says the same. */
function inhibitionFaults(config: AlertmanagerConfig): string[] {
  const quiet = quietIn(config);
  return PAIRS.filter((pair) => quiet.has(pair) !== pair.isQuiet).map(
    ({ source, target }) => `${nameOf(source)} > ${nameOf(target)}`,
  );
}

/** What is wrong with the routing of {@link ROUTED}. */
export function routingFaults(config: AlertmanagerConfig): string[] {
  return [...toldFaults(config), ...inhibitionFaults(config)];
}
