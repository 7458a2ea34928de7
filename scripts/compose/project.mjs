// @ts-check
import { setTimeout as delay } from "node:timers/promises";
import { ROOT } from "../setup/paths.mjs";
import { run, SetupError } from "../setup/progress.mjs";

/** @typedef {import("./docker.mjs").Docker} Docker */

/**
 * What `docker inspect` says of a container, as far as anybody here reads it.
 *
 * @typedef {object} Container
 * @property {string} Id
 * @property {{ Status: string, ExitCode: number, Health?: { Status: string, Log: { Output: string }[] } }} State
 * @property {{ Labels: Record<string, string> }} Config
 * @property {{ ReadonlyRootfs: boolean, CapDrop: string[], SecurityOpt: string[], Memory: number, NanoCpus: number, PidsLimit: number, Init: boolean }} HostConfig
 * @property {{ Type: string, Name?: string, Destination: string, RW: boolean }[]} Mounts
 * @property {{ Ports: Record<string, { HostIp: string, HostPort: string }[] | null> }} NetworkSettings
 */

const POLL_MS = 1_000;
/** A first start pulls nothing any more, but it migrates Grafana's database on a slow disk. */
const HEALTHY_WITHIN_MS = 300_000;

/** The containers of a compose file, under a project's name. */
export class Project {
  /** @param {Docker} docker @param {string} name @param {{ file?: string, env?: NodeJS.ProcessEnv }} [options] */
  constructor(docker, name, { file = `${ROOT}docker-compose.yml`, env = {} } = {}) {
    this.docker = docker;
    this.name = name;
    this.env = { ...docker.env, ...env };
    this.command = [...docker.compose, "-p", name, "-f", file, "--project-directory", ROOT];
  }

  /** Runs Compose. @param {string[]} args */
  compose(...args) {
    const [program = "", ...first] = this.command;
    return run(program, [...first, ...args], { cwd: ROOT, env: this.env, signal: this.docker.signal });
  }

  /** Runs docker. @param {string[]} args */
  call(...args) {
    return run(this.docker.docker, args, { env: this.env, signal: this.docker.signal });
  }

  /** @param {"ps --all" | "volume ls" | "network ls"} list */
  async ids(list) {
    const filter = `label=com.docker.compose.project=${this.name}`;
    const printed = await this.call(...list.split(" "), "--quiet", "--filter", filter);
    return printed.split("\n").filter((id) => id !== "");
  }

  /** By service. @returns {Promise<Map<string, Container>>} */
  async containers() {
    const ids = await this.ids("ps --all");
    if (ids.length === 0) return new Map();
    /** @type {Container[]} */
    const found = JSON.parse(await this.call("inspect", ...ids));
    return new Map(
      found.map((container) => [container.Config.Labels["com.docker.compose.service"] ?? "", container]),
    );
  }

  /**
   * Where a service's port is published.
   *
   * @param {string} service
   * @param {number} port within its container
   */
  async url(service, port) {
    const container = (await this.containers()).get(service);
    const [published] = container?.NetworkSettings.Ports[`${port}/tcp`] ?? [];
    if (published === undefined) throw new SetupError(`${service} does not publish its port ${port}.`);
    return `http://${published.HostIp}:${published.HostPort}`;
  }

  /**
   * Waits until every service that was started is healthy.
   */
  async healthy() {
    const deadline = Date.now() + HEALTHY_WITHIN_MS;
    for (;;) {
      const containers = [...(await this.containers())];
      const waiting = containers.filter(([, { State }]) => State.Health?.Status !== "healthy");
      if (containers.length > 0 && waiting.length === 0) return;
      const ended = waiting.find(([, { State }]) => State.Status === "exited");
      if (ended !== undefined || Date.now() > deadline) {
        const [service = "", container] = ended ?? waiting[0] ?? [];
        throw new SetupError(
          `${service} is ${container?.State.Health?.Status ?? container?.State.Status}: ${await this.lastWords(service)}`,
        );
      }
      await delay(POLL_MS);
    }
  }

  /** What a service printed last, and what its health check says. @param {string} service */
  async lastWords(service) {
    const container = (await this.containers()).get(service);
    const check = container?.State.Health?.Log.at(-1)?.Output ?? "";
    return `${check}\n${await this.compose("logs", "--tail", "20", service)}`.trim();
  }
}
