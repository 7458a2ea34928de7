import { DEFAULT_MAX_SERIES, MOST_RELEASES } from "@sockscope/catalog";
import { JSON_SCHEMA } from "@sockscope/config";
import { table } from "./table.ts";

/** What the page reads of a part of the schema. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

/** A row a key, those of an object below it. */
function rowsOf(path: string, schema: Schema, isRequired: boolean): string[][] {
  const row = [`\`${path}\``, kindOf(schema), needed(schema, isRequired), schema.description ?? ""];
  return [row, ...below(path, schema)];
}

function below(
  path: string,
  { properties = {}, required = [], additionalProperties, items }: Schema,
): string[][] {
  const named = Object.entries(properties).flatMap(([key, schema]) =>
    rowsOf(path === "" ? key : `${path}.${key}`, schema, required.includes(key)),
  );
  const free = typeof additionalProperties === "object" ? below(`${path}.NAME`, additionalProperties) : [];
  return [...named, ...free, ...(items === undefined ? [] : below(`${path}[]`, items))];
}

function kindOf({ type, enum: values, items, additionalProperties }: Schema): string {
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(" ");
  if (items !== undefined) return `list of ${items.type}s`;
  if (typeof additionalProperties === "object") return `${kindOf(additionalProperties)} by name`;
  return type ?? "";
}

function needed({ default: otherwise }: Schema, isRequired: boolean): string {
  if (isRequired) return "required";
  return otherwise === undefined ? "" : `\`${JSON.stringify(otherwise)}\``;
}

/** config/generated/sockscope.config.schema.json, with which editors complete a configuration. */
export function configurationSchema(): string {
  return `${JSON.stringify(JSON_SCHEMA, null, 2)}\n`;
}

/** How a release comes and goes. */
const RELEASES: readonly string[] = [
  "## Releases",
  `With the key \`releases\`, every client metric has the label \`release\`: what \`start({ release })\` says, if it was announced and is one of the newest ${MOST_RELEASES}, else \`other\`. A page alone cannot make a series.`,
  "Announce a release before its pages go out, a scrape earlier: its series then begin at zero, and `increase()` sees the first event. Either in the file, before the collector starts, or by a call to every collector's admin listener:",
  [
    "```sh",
    'curl --fail --header "Authorization: Bearer $TOKEN" --data \'{"release":"2.4.1"}\' http://127.0.0.1:4391/releases',
    "```",
  ].join("\n"),
  "The token is what is in the file of `--announce-token-file`, at least 16 characters of ASCII without spaces. A call lasts until the collector restarts, so name the release in the file as well. The answer says which releases are kept and which one lost its name; `/status` shows them, and the last release of a page that has none.",
  "The series of a release that loses its name end. Nothing of them is added to `other`, so `other` has no step, and a sum over all releases under `increase()` stays right: it has the release's events until then, and what its pages report from then on. Sessions that are there move to `other` with their page; a session counts as started where it sent its first batch. A release that is announced again, as after a rollback, is the newest; if it had lost its name, it begins at zero, which `increase()` takes for a restart.",
];

/** How series get the labels of their environment, and what follows from several. */
const ENVIRONMENTS: readonly string[] = [
  "## Environments",
  "A label of `environmentLabels` has to be on every series when Prometheus evaluates its rules. Either the scrape stamps it: `scrape.labels` writes it into `prometheus/scrape.yml`, a configuration for each environment; elsewhere it is `labels:` beside the `targets:` of a static configuration, or a relabelling of what service discovery says. Or the rules run where an external label has become a label, as in Thanos or Mimir: a Prometheus does not add its own `external_labels` to what its own rules read.",
  "Stamp collectors and servers alike: what compares both sides of the wire has no value where only one side has the label. `receivers.pageWhere` keeps environments such as staging from the pager. Other numbers for another environment are another configuration, generated into another folder.",
];

/** Whom Alertmanager tells of what. */
const ON_CALL: readonly string[] = [
  "## Who is called",
  "An alert's `severity` decides: `ticket` goes to `receivers.ticket` (where there is none, Alertmanager shows it), and in `ticketHours` only, if they are set; whatever else fires, also an alert of your own that has no severity, goes to `receivers.page`. Alerts of one name, app and job are one notification, which has the links of each.",
  "The alert `Watchdog` always fires. With `receivers.deadMansSwitch` it is posted there every minute, to a service that calls when that stops. Without it nobody learns that Prometheus or Alertmanager is gone.",
  "While an alert pages, its own ticket is silent; while no collector can be scraped, so is what only browsers know; in a mass disconnect, what follows from it; and while chat servers are missing in Prometheus, what only they know. The rules are in `alerts/alertmanager.yml`, and none compares a label that an alert of either side lacks.",
  "A Grafana that is provisioned with `alerts-grafana/rules.yml` evaluates the alerts in place of Prometheus, and nothing else of them: receivers and inhibition are still those of `alerts/alertmanager.yml`, so tell Grafana under Alerting, Settings to send what fires to that Alertmanager instead of its own. Grafana calls an alert by its rule's title (`WsCollectorDown-page`); who keeps quiet is the same by either, but a page and a ticket of one alert are two notifications. Prometheus has no `ALERTS` of what Grafana evaluates, so panels that count what fires have nothing to count.",
  "Every secret is a file that Alertmanager reads: its path is in the configuration, its content is not. On a host it is any path that Alertmanager's user may read, `/etc/alertmanager/secrets/pagerduty-routing-key` for one. JSM Operations is Opsgenie's successor and takes an API key of its own.",
  "On Kubernetes, the Prometheus Operator takes `alertmanager.yml` as the Secret that `spec.configSecret` of its `Alertmanager` names, under the key `alertmanager.yaml`: `kubectl create secret generic sockscope-alertmanager --from-file=alertmanager.yaml=alerts/alertmanager.yml`. A Secret that `spec.secrets` lists is mounted at `/etc/alertmanager/secrets/NAME/KEY`, which is the path to write into `receivers`. Prometheus takes the rules of `alerts-kubernetes/` if its `spec.ruleSelector` selects their labels; kube-prometheus-stack selects by its own `release`, which one command adds: `kubectl label --local -f alerts-kubernetes/prometheus-rule.yml release=kube-prometheus-stack -o yaml | kubectl apply -f -`.",
];

/** What pages of one app share when there are several collectors. */
const SEVERAL_COLLECTORS: readonly string[] = [
  "## Several collectors",
  "A collector remembers the sessions whose batches it counted, so all batches of a session have to reach the same one. The session is in the URL's path: put a balancer in front that hashes the path, such as nginx with `hash $uri consistent;`. Balanced in turns, every page counts as a session at each collector, and shares of users come out too small.",
];

/** What a series costs. */
const SERIES: readonly string[] = [
  "## Series",
  `A collector has every series that can be from its start on, so the number is known beforehand: ${DEFAULT_MAX_SERIES} at most, unless \`maxSeries\` says otherwise. Every app has all metrics, with \`releases\` ${MOST_RELEASES + 1} times (the newest ${MOST_RELEASES}, and \`other\`); an own metric has one series for each combination of its labels' values, a histogram a few more than it has bounds for each. The line that the collector prints at its start says how many there are (\`series\`) and how many there can be (\`most_series\`).`,
  "What is configured costs memory and time whether anything happens or not. In a collector, 200,000 series are some 40 MB, and a scrape of them is 10 MB of text that takes a tenth of a second, during which nothing else is served. In Prometheus each series takes a few kilobytes of memory, so as many are the better part of a gigabyte for each collector. Take a label away before the limit is raised.",
];

/** How an own histogram gets other buckets. */
const BUCKETS: readonly string[] = [
  "## Other buckets",
  "Pages that are open go on sending the bounds that they were built with. So other bounds get another id in `layout`, and the old ones, with their id, move to `olderLayouts` for as long as a page may be open:",
  [
    "```json",
    '"order_confirmation_seconds": {',
    '  "help": "From the click to the confirmation.",',
    '  "unit": "seconds",',
    '  "layout": "order-3",',
    '  "bounds": [0.1, 1, 10],',
    '  "max": 60,',
    '  "olderLayouts": [',
    '    { "id": "order-2", "bounds": [0.1, 0.5, 1, 10], "max": 60 },',
    '    { "id": "order-1", "bounds": [0.1, 5], "max": 60, "keptAs": "order_confirmation_seconds_layout_1" }',
    "  ]",
    "}",
    "```",
  ].join("\n"),
  "Every bound of `order-3` is one of `order-2`, so what comes in `order-2` is counted in the newest buckets, exactly. `order-1` has no bound at 1, and nobody can say on which side of it its observations were: it stays a histogram of its own, under the name that `keptAs` spells out, and queries of the newest read new pages only. What comes in a layout that is not declared is left out, and counted in `sockscope_collector_left_out_total`.",
];

/** docs/CONFIGURATION.md: every key of a configuration. */
export function configurationPage(): string {
  return [
    "<!-- Generated by `npm run generate`. Change the source, not this file. -->",
    "# Configuration",
    "`sockscope.config.json` says what is a deployment's own: apps, releases, frames, close codes, metrics. What nobody declares stays `other`, or is left out and counted. The file may also be a `.ts` or `.mjs` module whose default export is `defineConfig({ ... })` of `@sockscope/config`; Node loads TypeScript from 22.18 on.",
    "Roll a change out in the order of the wire: the collector first (what it does not know yet is left out, and counted in `sockscope_collector_left_out_total`), then rules and dashboards by `sockscope generate --only operations` (a close code that they do not know is in no list of theirs), then servers and pages.",
    "An editor completes it by the JSON Schema in `@sockscope/config/schema.json`. A mistake is named by its path, its value and what to do; a key that is not in this table is refused, also an alert or a target of the catalog of which nothing is generated: it would have no effect.",
    ...RELEASES,
    ...ENVIRONMENTS,
    ...ON_CALL,
    ...SEVERAL_COLLECTORS,
    ...BUCKETS,
    ...SERIES,
    "## Keys",
    table(["key", "what it takes", "default", "meaning"], below("", JSON_SCHEMA as Schema)),
  ]
    .join("\n\n")
    .concat("\n");
}
