import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { type DeploymentOptions, generateDeployment } from "./deployment.ts";
import { freePort } from "./free-port.ts";
import type { Part } from "./part.ts";
import { type Alertmanager, startAlertmanager } from "./parts/alertmanager.ts";
import { type ChatPart, startChat } from "./parts/chat.ts";
import { type CollectorPart, startCollectorPart } from "./parts/collector.ts";
import { type Preview, startPreview } from "./parts/preview.ts";
import { type Prometheus, startPrometheus } from "./parts/prometheus.ts";
import { type Programs, readPrograms } from "./programs.ts";
import { STATE } from "./root.ts";

/** The app under which the demo chat reports. */
export const DEMO_APP = "chat";

/** Ports that a stack takes if they are free. */
export interface PreferredPorts {
  readonly chat: number;
  readonly chatMetrics: number;
  readonly ingest: number;
  readonly admin: number;
  readonly prometheus: number;
  readonly alertmanager: number;
  readonly preview: number;
}

/** How to start a stack. */
export interface StackOptions {
  /** Default: what the set-up found. */
  readonly programs?: Programs;
  /** Default: whatever is free. */
  readonly ports?: PreferredPorts;
  /** Where Prometheus and Alertmanager keep their data. Default: a folder that is deleted when the stack stops. */
  readonly stateDir?: string;
  /** Apps besides {@link DEMO_APP} that the collector knows, with pages of the same origin. Default: none. */
  readonly otherApps?: readonly string[];
  /** Labels that Prometheus has of its targets, as a service discovery would stamp them. Default: none. */
  readonly targetLabels?: Readonly<Record<string, string>>;
  /** Numbers of alerts, and how long their conditions have to hold, as {@link generateDeployment} takes them. Default: the product's own. */
  readonly alerting?: Pick<DeploymentOptions, "alerts" | "holds">;
  /** How often Prometheus scrapes and evaluates. Default `1s`. */
  readonly interval?: string;
  /** Called when a preferred port is taken, so that another is used. */
  readonly onTakenPort?: (port: number) => void;
  /** Called as soon as a part runs. */
  readonly onPart?: (part: Part) => void;
  /** Aborting stops the start; what was started is stopped. */
  readonly signal?: AbortSignal;
}

/** Every server of Sockscope, running on loopback. */
export interface Stack {
  readonly collector: CollectorPart;
  readonly chat: ChatPart;
  readonly prometheus: Prometheus;
  readonly alertmanager: Alertmanager;
  readonly preview: Preview;
  readonly parts: readonly Part[];
  /** The file of the configuration from which all of it was generated. */
  readonly configuration: string;
  /** Stops every part, the last started first. */
  stop(): Promise<void>;
}

function host(url: string): string {
  return new URL(url).host;
}

function stateDirectory(chosen: string | undefined): { path: string; remove: () => void } {
  if (chosen !== undefined) {
    mkdirSync(chosen, { recursive: true });
    return { path: chosen, remove: () => {} };
  }
  mkdirSync(STATE, { recursive: true });
  const path = mkdtempSync(`${STATE}/run-`);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Starts collector, chat server, Alertmanager, Prometheus and the preview of the dashboards, in this order.
 *
 * @throws StackError naming the part that did not start, or an AbortError by the signal; nothing is left running then
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { ports, interval = "1s", otherApps = [], targetLabels = {}, onPart = () => {}, signal } = options;
  const programs = options.programs ?? readPrograms();
  const state = stateDirectory(options.stateDir);
  const parts: Part[] = [];
  const portFor = (preferred?: number): Promise<number> => freePort(preferred, options.onTakenPort);
  const started = <P extends Part>(part: P): P => {
    parts.unshift(part);
    onPart(part);
    signal?.throwIfAborted();
    return part;
  };
  const stop = async (): Promise<void> => {
    for (const part of parts) await part.stop();
    state.remove();
  };
  try {
    const chatPort = await portFor(ports?.chat);
    const previewPort = await portFor(ports?.preview);
    const { configuration, generatedDir } = generateDeployment({
      stateDir: state.path,
      apps: [DEMO_APP, ...otherApps],
      origin: `http://127.0.0.1:${chatPort}`,
      previewUrl: `http://127.0.0.1:${previewPort}`,
      ...options.alerting,
    });
    const collector = started(
      await startCollectorPart({
        stateDir: state.path,
        configuration,
        ingestPort: await portFor(ports?.ingest),
        adminPort: await portFor(ports?.admin),
      }),
    );
    const chat = started(
      await startChat({
        stateDir: state.path,
        port: chatPort,
        metricsPort: await portFor(ports?.chatMetrics),
        app: DEMO_APP,
        collectorUrl: collector.ingestUrl,
      }),
    );
    const alertmanager = started(
      await startAlertmanager({
        programs,
        stateDir: state.path,
        configuration: `${generatedDir}/alerts/alertmanager.yml`,
        port: await portFor(ports?.alertmanager),
      }),
    );
    const targets = {
      collectorAdmin: host(collector.adminUrl),
      chatMetrics: host(chat.metricsUrl),
      alertmanager: host(alertmanager.url),
      rules: `${generatedDir}/alerts/rules.yml`,
      labels: targetLabels,
      interval,
    };
    const prometheus = started(
      await startPrometheus({
        programs,
        stateDir: state.path,
        targets,
        port: await portFor(ports?.prometheus),
      }),
    );
    const preview = started(
      await startPreview({
        port: previewPort,
        generatedDir,
        scrapeInterval: interval,
        prometheusUrl: prometheus.url,
        alertmanagerUrl: alertmanager.url,
      }),
    );
    return { collector, chat, alertmanager, prometheus, preview, parts, configuration, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
