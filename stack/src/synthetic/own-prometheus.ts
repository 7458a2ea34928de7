import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RuleGroup } from "@sockscope/alerts";
import { stringify } from "yaml";
import { Child } from "../child.ts";
import { freePort } from "../free-port.ts";
import { program, readPrograms } from "../programs.ts";
import type { Scrapes } from "./open-metrics.ts";

const READY_TIMEOUT_MS = 60_000;
const DATA = "data";

/** Runs promtool to its end. Rejects with what it says when it is not content. */
export async function promtool(args: readonly string[]): Promise<void> {
  await promisify(execFile)(program(readPrograms(), "promtool"), args, { maxBuffer: 2 ** 26 });
}

/** A Prometheus of one's own that scrapes nothing, on loopback, with a folder that goes with it. */
export class OwnPrometheus {
  readonly folder: string = mkdtempSync(join(tmpdir(), "sockscope-prometheus-"));
  readonly #args: readonly string[];
  #child: Child | undefined;
  #url = "";

  /** @param args beside those that say where it is, and that it forgets nothing */
  constructor(args: readonly string[]) {
    this.#args = args;
    mkdirSync(this.data);
    writeFileSync(join(this.folder, "prometheus.yml"), "{}\n");
  }

  /** Where its blocks are. */
  get data(): string {
    return join(this.folder, DATA);
  }

  /** Where it answers since it was started. */
  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    const address = `127.0.0.1:${await freePort()}`;
    this.#url = `http://${address}`;
    this.#child = new Child({
      part: "prometheus",
      logFile: join(this.folder, "prometheus.log"),
      program: program(readPrograms(), "prometheus"),
      args: [
        `--config.file=${join(this.folder, "prometheus.yml")}`,
        `--storage.tsdb.path=${this.data}`,
        "--storage.tsdb.retention.time=100y",
        `--web.listen-address=${address}`,
        "--log.level=warn",
        ...this.#args,
      ],
    });
    await this.#child.answering(`${this.url}/-/ready`, READY_TIMEOUT_MS);
  }

  /**
   * Evaluates recording rules over all the time that there is, as often as their group says, or as anything is scraped; starts
   * again with the results.
   */
  async record(recording: readonly RuleGroup[], { from, until, everySeconds }: Scrapes): Promise<void> {
    const rules = join(this.folder, "rules.yml");
    const blocks = join(this.folder, "recorded");
    writeFileSync(rules, stringify({ groups: recording }, { lineWidth: 0 }));
    await promtool([
      ...["tsdb", "create-blocks-from", "rules", `--url=${this.url}`, `--output-dir=${blocks}`],
      ...[`--start=${from}`, `--end=${until}`, `--eval-interval=${everySeconds}s`, rules],
    ]);
    await this.#child?.stop();
    for (const block of readdirSync(blocks)) renameSync(join(blocks, block), join(this.data, block));
    await this.start();
  }

  /** Ends it, and deletes what it had. */
  async stop(): Promise<void> {
    await this.#child?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
