// @ts-check
import { setTimeout as delay } from "node:timers/promises";
import { SetupError, step } from "../setup/progress.mjs";
import { Project } from "./project.mjs";
import { proveScraping, proveUsers } from "./prove-way.mjs";

/** The same for every clone: their ports are the same as well. */
const PROJECT = "sockscope";
const POLL_MS = 5_000;
const MOST_USERS = 50;

/** What a browser on this machine opens: service, port in its container, path. @type {[what: string, service: string, port: number, path: string][]} */
const ADDRESSES = [
  ["Chat with it", "chat", 8000, "/"],
  ["See the dashboards", "grafana", 3000, "/dashboards"],
  ["See the alerts", "prometheus", 9090, "/alerts"],
  ["See who is told", "alertmanager", 9093, "/"],
  ["Read the runbooks", "chat", 8000, "/runbooks/README.md"],
];

/** A signal to stop, by Ctrl-C as by a service manager. */
function stopSignal() {
  const stop = new AbortController();
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.on(name, () => stop.abort());
  return stop.signal;
}

/** @param {string | undefined} users */
function environment(users = "4") {
  if (!/^\d+$/.test(users) || Number(users) > MOST_USERS)
    throw new SetupError(`--users is "${users}"; give a whole number from 0 to ${MOST_USERS}.`);
  return { SOCKSCOPE_USERS: users };
}

/** @param {Project} project */
async function printAddresses(project) {
  process.stdout.write("\n");
  for (const [what, service, port, path] of ADDRESSES)
    process.stdout.write(`  ${what.padEnd(20)} ${await project.url(service, port)}${path}\n`);
  const logs = [...project.docker.compose, "-p", project.name, "logs", "--follow"].join(" ");
  process.stdout.write(`\nCtrl-C stops all of it. What the parts print: ${logs}\n`);
}

/**
 * Resolves when it is to stop (undefined), or with the service that ended by itself.
 *
 * @param {Project} project
 * @param {AbortSignal} signal
 */
async function endOf(project, signal) {
  while (!signal.aborted) {
    const containers = [...(await project.containers())];
    const ended = containers.find(([, { State }]) => State.Status === "exited");
    if (ended !== undefined) return ended[0];
    await delay(POLL_MS, undefined, { signal }).catch(() => {});
  }
  return undefined;
}

/**
 * Builds and starts docker-compose.yml, stays until it is told to stop, and stops all of it; what was kept in volumes stays.
 *
 * @param {import("./docker.mjs").Docker} docker
 * @param {{ users?: string | undefined, check?: boolean | undefined }} options `check`: verify and stop
 * @returns {Promise<number>} the exit code
 */
export async function upInContainers(docker, { users, check }) {
  const signal = stopSignal();
  const project = new Project({ ...docker, signal }, PROJECT, { env: environment(users) });
  const scale = users === "0" ? ["--scale", "users=0"] : [];
  let isRunning = false;
  process.stdout.write("Sockscope, in containers\n");
  try {
    await step("build the images (first time: some minutes)", () => project.compose("build"));
    await step("start", () => project.compose("up", "--detach", "--remove-orphans", ...scale));
    await step("every service is healthy", () => project.healthy());
    if (check) {
      await step("Prometheus scrapes both jobs and evaluates every rule", () => proveScraping(project));
      await step("a simulated user's attempt has reached it", () => proveUsers(project));
      return 0;
    }
    await printAddresses(project);
    isRunning = true;
    const ended = await endOf(project, signal);
    if (ended === undefined) return 0;
    process.stderr.write(`✘ ${ended} ended by itself: ${await project.lastWords(ended)}\n`);
    return 1;
  } catch (error) {
    // By convention of whoever is interrupted before it does what it is for.
    if (signal.aborted) return isRunning ? 0 : 130;
    throw error;
  } finally {
    await step("stop", () => new Project(docker, PROJECT).compose("down"));
  }
}
