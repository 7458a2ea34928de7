import { mkdirSync } from "node:fs";
import { Child } from "../child.ts";
import type { Part } from "../part.ts";
import { type Programs, program } from "../programs.ts";

const PART = "alertmanager";
const READY_TIMEOUT_MS = 30_000;

/** Alertmanager with our routing. */
export interface Alertmanager extends Part {
  readonly url: string;
}

/** Starts Alertmanager on loopback, alone: it does not look for a cluster. */
export async function startAlertmanager(options: {
  programs: Programs;
  stateDir: string;
  /** The routing's file. */
  configuration: string;
  port: number;
}): Promise<Alertmanager> {
  const address = `127.0.0.1:${options.port}`;
  const url = `http://${address}`;
  const storage = `${options.stateDir}/alertmanager`;
  mkdirSync(storage, { recursive: true });
  const child = new Child({
    part: PART,
    logFile: `${options.stateDir}/alertmanager.log`,
    program: program(options.programs, "alertmanager"),
    args: [
      `--config.file=${options.configuration}`,
      `--storage.path=${storage}`,
      `--web.listen-address=${address}`,
      "--cluster.listen-address=",
      "--log.level=warn",
    ],
  });
  await child.answering(`${url}/-/ready`, READY_TIMEOUT_MS);
  return { name: PART, summary: url, url, died: child.obituary, stop: () => child.stop() };
}
