import { mkdirSync, writeFileSync } from "node:fs";
import { Child } from "../child.ts";
import type { Part } from "../part.ts";
import { type Programs, program } from "../programs.ts";
import { type PrometheusTargets, prometheusConfig } from "../prometheus-config.ts";

const PART = "prometheus";
const READY_TIMEOUT_MS = 30_000;

/** A real Prometheus that scrapes the collector and the chat server. */
export interface Prometheus extends Part {
  readonly url: string;
}

/** Starts Prometheus on loopback. */
export async function startPrometheus(options: {
  programs: Programs;
  stateDir: string;
  targets: PrometheusTargets;
  port: number;
}): Promise<Prometheus> {
  const address = `127.0.0.1:${options.port}`;
  const url = `http://${address}`;
  const storage = `${options.stateDir}/prometheus`;
  mkdirSync(storage, { recursive: true });
  const config = `${options.stateDir}/prometheus.yml`;
  writeFileSync(config, prometheusConfig(options.targets));
  const child = new Child({
    part: PART,
    logFile: `${options.stateDir}/prometheus.log`,
    program: program(options.programs, "prometheus"),
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${storage}`,
      `--web.listen-address=${address}`,
      // By default every web page may read it; no origin is called that.
      "--web.cors.origin=nobody",
      "--log.level=warn",
    ],
  });
  await child.answering(`${url}/-/ready`, READY_TIMEOUT_MS);
  return { name: PART, summary: url, url, died: child.obituary, stop: () => child.stop() };
}
