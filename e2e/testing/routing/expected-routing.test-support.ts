import type { Alert } from "@sockscope/alerts";

/** Labels of an alert as Alertmanager has them. */
export type Labels = Readonly<Record<string, string>>;

/** Who gets an alert of each severity. */
export const RECEIVERS: Readonly<Record<Alert["severity"], string>> = {
  page: "pager",
  ticket: "inbox",
  none: "dead-mans-switch",
};

/** What tells a rule from all others. */
export function own({ name, severity, labels = {} }: Alert): Labels {
  return { alertname: name, severity, ...labels };
}

/** An alert as Prometheus sends it, of a series that has all the labels that it can have. */
export function labelsOf(alert: Alert, series: Labels = {}): Labels {
  const values: Labels = {
    app: "chat",
    job: "chat-server",
    instance: "a:1",
    code: "SOCKSCOPE_ERR_INTERNAL",
    ...series,
  };
  return {
    ...own(alert),
    ...Object.fromEntries(alert.expression.labels.map((label) => [label, values[label] ?? ""])),
  };
}

/** An alert in words: its name, and what tells it from others of its name. */
export function nameOf(labels: Labels): string {
  const { alertname = "", severity = "", evidence = "", long = "" } = labels;
  return [alertname, severity, evidence, long].filter((part) => part !== "").join(" ");
}

/** What browsers count; when no collector can be scraped, nothing that it says is worth a call. */
const BY_BROWSERS =
  /^Ws(AuthCloseSpike|ReconnectStorm|MessageLatencyHigh|MessagesNotAppearing|ConnectionUptimeLow ticket time|DuplicateMessages|ManualReloads|ClientMemoryGrowth|ConnectErrorBudgetBurn|DeliveryErrorBudgetBurn|ClientTelemetryLost ticket coverage|ServerMetricsMissing ticket absent)/;
const BY_SERVERS =
  /^Ws(InternalErrorCloseSpike|MassDisconnect|ConnectionUptimeLow ticket cuts|HandshakeForbidden|MessageSendErrors)/;
const BY_A_MASS_DISCONNECT = /^Ws(ReconnectStorm|ConnectErrorBudgetBurn|ConnectionUptimeLow)/;

/** Whether the target is to keep quiet while the source fires. */
export function isMeant(source: Alert, target: Alert): boolean {
  const name = nameOf(own(target));
  if (source.name === target.name) return source.severity === "page" && target.severity === "ticket";
  if (source.name === "WsCollectorDown" && source.severity === "page") return BY_BROWSERS.test(name);
  if (source.name === "WsServerMetricsMissing")
    return (
      BY_SERVERS.test(name) && (source.labels?.["evidence"] === "absent" || target.severity === "ticket")
    );
  return source.name === "WsMassDisconnect" && BY_A_MASS_DISCONNECT.test(name);
}
