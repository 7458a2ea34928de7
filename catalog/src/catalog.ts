import { clientAbout } from "./about/client.ts";
import { COLLECTOR_ABOUT } from "./about/collector.ts";
import type { MetricAbout } from "./about/metric-about.ts";
import { SERVER_ABOUT } from "./about/server.ts";
import { CLOSE_CODE_LABELS, closeCodeLabel } from "./close-code-label.ts";
import { type CloseCode, closeCodeTable, type PrivateCloseCode } from "./close-code-table.ts";
import { SERVER_CLOSE_CODES } from "./close-codes.ts";
import { CLIENT_FRAME_EVENTS, SERVER_FRAME_EVENTS } from "./frames/frame-events.ts";
import { CLIENT_CLOSE_CODE } from "./labels/client.ts";
import { AUTH_METHOD, CLOSE_REASON } from "./labels/server.ts";
import type { LabelDomain, Metric } from "./metric.ts";
import * as client from "./metrics/client.ts";
import * as collector from "./metrics/collector.ts";
import * as server from "./metrics/server.ts";
import { type OwnObjective, type TargetId, type Targets, targetsWith } from "./targets.ts";
import { type AlertName, type OwnThresholds, type Thresholds, thresholdsWith } from "./thresholds.ts";

/** A metric with what a reader needs to know, and the symbol under which code refers to it. */
export interface DocumentedMetric extends MetricAbout {
  readonly symbol: string;
  readonly metric: Metric;
}

/** The values of the label `job`, as the scrape configuration names its jobs. */
export interface ScrapeJobs {
  readonly collectors: string;
  readonly servers: string;
}

const JOBS: ScrapeJobs = { collectors: "sockscope-collector", servers: "chat-server" };

/** What a deployment adds to the product's own catalog. Everything that it does not name stays closed. */
export interface CatalogExtension {
  /** Names of frames that are not the demo chat's, as the label `event` says them. */
  readonly frames?: {
    /** From the server to the client. */
    readonly received?: readonly string[];
    /** From the client to the server. */
    readonly sent?: readonly string[];
  };
  /** By code, as a text. */
  readonly closeCodes?: Readonly<Record<string, PrivateCloseCode>>;
  /** Reasons of the chat server's own, each with its close code. */
  readonly closeReasons?: Readonly<Record<string, number>>;
  /** Ways to authenticate that are not the demo chat's. */
  readonly authMethods?: readonly string[];
  /** Counters and histograms that pages report. */
  readonly metrics?: readonly DocumentedMetric[];
  /** Whether client metrics have the label `release`. Default: no. */
  readonly hasReleases?: boolean;
  /** What is promised instead of the product's own objectives. */
  readonly targets?: { readonly [Id in TargetId]?: OwnObjective | undefined };
  /** Numbers of alerts instead of the product's own. */
  readonly thresholds?: OwnThresholds;
  /** Alerts that nobody wants. Default: none. */
  readonly silencedAlerts?: readonly AlertName[];
  /** What Prometheus calls the scraped jobs. */
  readonly jobs?: Partial<ScrapeJobs>;
  /** Labels that Prometheus stamps on every series, such as `cluster`, and that everything is kept apart by. */
  readonly environmentLabels?: readonly string[];
}

/** Everything that is known of metrics and close codes: the product's own and a deployment's. */
export interface Catalog {
  /** What browsers report through the collector. */
  readonly clientMetrics: readonly DocumentedMetric[];
  /** Of these, what a deployment added. */
  readonly ownMetrics: readonly DocumentedMetric[];
  /** What the chat server exposes. */
  readonly serverMetrics: readonly DocumentedMetric[];
  /** What the collector says about itself. */
  readonly collectorMetrics: readonly DocumentedMetric[];
  /** Every close code, in the order of their labels. */
  readonly closeCodes: readonly CloseCode[];
  /** Every reason that a server may close for, with its code. */
  readonly closeReasons: Readonly<Record<string, number>>;
  /** Whether client metrics have the label `release`. */
  readonly hasReleases: boolean;
  /** What the service promises. */
  readonly targets: Targets;
  /** The numbers that decide whether alerts fire. */
  readonly thresholds: Thresholds;
  /** Alerts that are left out. */
  readonly silencedAlerts: readonly AlertName[];
  readonly jobs: ScrapeJobs;
  /** Labels that Prometheus stamps on every series; recording rules and alerts keep them, dashboards choose by them. */
  readonly environmentLabels: readonly string[];
  /** The label of a close code, of a deployment's own too. */
  readonly closeCodeLabel: (code: number) => string;
}

/** The product's own catalog with what a deployment adds. Nothing is checked here: a configuration is, where it is read. */
export function createCatalog(extension: CatalogExtension = {}): Catalog {
  const { frames = {}, closeReasons = {}, authMethods = [], metrics = [] } = extension;
  const ownCodes = Object.keys(extension.closeCodes ?? {});
  const closeCodes = closeCodeTable(extension.closeCodes ?? {});
  const targets = targetsWith(extension.targets);
  const domains = new Map<LabelDomain, LabelDomain>([
    [SERVER_FRAME_EVENTS, extended(SERVER_FRAME_EVENTS, frames.received)],
    [CLIENT_FRAME_EVENTS, extended(CLIENT_FRAME_EVENTS, frames.sent)],
    [CLOSE_CODE_LABELS, extended(CLOSE_CODE_LABELS, ownCodes)],
    [CLIENT_CLOSE_CODE, extended(CLIENT_CLOSE_CODE, ownCodes)],
    [CLOSE_REASON, extended(CLOSE_REASON, Object.keys(closeReasons))],
    [AUTH_METHOD, extended(AUTH_METHOD, authMethods)],
  ]);
  return {
    clientMetrics: [...documented(client, clientAbout(closeCodes, targets), domains), ...metrics],
    ownMetrics: metrics,
    serverMetrics: documented(server, SERVER_ABOUT, domains),
    collectorMetrics: documented(collector, COLLECTOR_ABOUT, domains),
    closeCodes,
    closeReasons: { ...SERVER_CLOSE_CODES, ...closeReasons },
    hasReleases: extension.hasReleases ?? false,
    targets,
    thresholds: thresholdsWith(extension.thresholds),
    silencedAlerts: extension.silencedAlerts ?? [],
    jobs: { ...JOBS, ...extension.jobs },
    environmentLabels: extension.environmentLabels ?? [],
    closeCodeLabel: (code) => closeCodeLabel(code, ownCodes),
  };
}

/** The product's own. */
export const DEFAULT_CATALOG: Catalog = createCatalog();

/** Every metric, whoever exposes it. */
export function allMetrics({
  clientMetrics,
  serverMetrics,
  collectorMetrics,
}: Catalog): readonly DocumentedMetric[] {
  return [...clientMetrics, ...serverMetrics, ...collectorMetrics];
}

/**
 * What is known of a metric in a catalog, where its labels may have values of a deployment's.
 *
 * @throws TypeError when the catalog does not have it: a fault of the caller's own
 */
export function documentedIn(metrics: readonly DocumentedMetric[], { name }: Metric): DocumentedMetric {
  const found = metrics.find(({ metric }) => metric.name === name);
  if (found === undefined) throw new TypeError(`${name} is not in the catalog`);
  return found;
}

/** A domain with values of a deployment's. The last value stands for everything else, and stays the last. */
function extended(domain: readonly string[], own: readonly string[] = []): readonly string[] {
  return own.length === 0 ? domain : [...domain.slice(0, -1), ...own, ...domain.slice(-1)];
}

function documented<Symbols extends string>(
  metrics: Readonly<Record<Symbols, Metric>>,
  about: Readonly<Record<Symbols, MetricAbout>>,
  domains: ReadonlyMap<LabelDomain, LabelDomain>,
): readonly DocumentedMetric[] {
  return (Object.keys(about) as Symbols[]).map((symbol) => ({
    symbol,
    ...about[symbol],
    metric: withDomains(metrics[symbol], domains),
  }));
}

/** A metric whose labels have their domains replaced; the same metric when none has. */
function withDomains(metric: Metric, domains: ReadonlyMap<LabelDomain, LabelDomain>): Metric {
  const labels = Object.entries<LabelDomain>(metric.labels);
  const replaced = labels.map(([name, domain]) => [name, domains.get(domain) ?? domain] as const);
  const isTheSame = replaced.every(([, domain], position) => domain === labels[position]?.[1]);
  return isTheSame ? metric : ({ ...metric, labels: Object.fromEntries(replaced) } as Metric);
}
