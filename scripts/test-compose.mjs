// @ts-check
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { findDocker } from "./compose/docker.mjs";
import { canHaveEngine, installDocker, startOwnEngine } from "./compose/own-engine.mjs";
import { Project } from "./compose/project.mjs";
import { proveConfinement, proveLoopback } from "./compose/prove-confinement.mjs";
import { proveDown, proveStops, proveVolume } from "./compose/prove-ends.mjs";
import {
  fireAlert,
  proveGrafana,
  provePager,
  proveRunbooks,
  proveScraping,
  proveUsers,
} from "./compose/prove-way.mjs";
import { buildStandIns, importDebian } from "./compose/stand-ins.mjs";
import { buildWorkspaces } from "./setup/build.mjs";
import { isDebian, isRoot } from "./setup/debian.mjs";
import { requireNode } from "./setup/node-version.mjs";
import { installNpmPackages } from "./setup/npm-packages.mjs";
import { STATE } from "./setup/paths.mjs";
import { script, step } from "./setup/progress.mjs";

/** @typedef {import("./compose/docker.mjs").Docker} Docker */

/** @param {string} why */
function skip(why) {
  process.stdout.write(`- skipped: docker-compose.yml on an engine (${why})\n`);
}

const FILE = `${STATE}/compose/docker-compose.yml`;

/** Several times what it takes on two cores. */
const LONGEST_MS = 30 * 60_000;

const interruption = new AbortController();

/** Whoever interrupts leaves nothing running, nor does a build that hangs. */
function beInterruptible() {
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.on(name, () => interruption.abort());
  const tooLate = new Error(`It is not over after ${LONGEST_MS / 60_000} minutes.`);
  setTimeout(() => interruption.abort(tooLate), LONGEST_MS).unref();
}

/** @template T @param {string} label @param {() => Promise<T>} work */
function phase(label, work) {
  interruption.signal.throwIfAborted();
  return step(label, work);
}

/** @param {Docker} engine @param {boolean} isOwnEngine */
async function prove(engine, isOwnEngine) {
  const docker = { ...engine, signal: interruption.signal };
  const { fileToRun } = await import("../stack/dist/compose/index.js");
  // An own engine leads nowhere, so builds use this machine's network.
  const { text, images } = fileToRun(isOwnEngine ? "host" : undefined);
  mkdirSync(`${STATE}/compose`, { recursive: true });
  writeFileSync(FILE, text);
  if (isOwnEngine) {
    await phase("a Debian for stand-ins", () => importDebian(docker, `${STATE}/compose`));
    await phase("stand-ins for the images that are pulled elsewhere", () => buildStandIns(docker, images));
  }
  const name = `sockscope-test-${randomBytes(4).toString("hex")}`;
  const project = new Project(docker, name, { file: FILE, env: { SOCKSCOPE_USERS: "2" } });
  try {
    await phase("build our images", () => project.compose("build"));
    await phase("start", () => project.compose("up", "--detach"));
    await phase("every service is healthy", () => project.healthy());
    await fireAlert(project);
    await phase("both jobs are scraped, all rules are evaluated, Alertmanager is known", () =>
      proveScraping(project),
    );
    await phase("a simulated user's attempt has reached Prometheus", () => proveUsers(project));
    await phase(
      `Grafana${isOwnEngine ? "'s stand-in" : ""} has dashboards and a data source that answers`,
      () => proveGrafana(project),
    );
    await phase("every alert's runbook is there", () => proveRunbooks(project));
    await phase("nothing answers but on loopback", () => proveLoopback(project));
    await phase("no service has rights, and none can write what it should not", () =>
      proveConfinement(project),
    );
    await phase("an alert has reached the pager", () => provePager(project));
    await phase("the chat server keeps its sessions over a restart", () =>
      proveVolume(project, "chat", "/var/lib/chat"),
    );
    await phase("the collector comes back and is scraped", async () => {
      await project.compose("restart", "collector");
      await project.healthy();
      await proveScraping(project);
    });
    await phase("each service ends when it is asked to", () => proveStops(project));
    await phase("nothing is left", () => proveDown(project));
  } catch (error) {
    const said = await project.compose("logs", "--no-color", "--tail", "30").catch(() => "");
    process.stdout.write(said);
    throw error;
  } finally {
    const uninterrupted = new Project(engine, name, { file: FILE });
    await uninterrupted.compose("down", "--volumes", "--timeout", "5").catch(() => {});
    rmSync(FILE, { force: true });
  }
}

/**
 * Runs docker-compose.yml and proves what it promises: on the engine that answers here, with the images as they are; else on Debian
 * as root on an engine of its own, where stand-ins made of Debian's packages take their place.
 */
await script(async () => {
  requireNode();
  const there = await findDocker();
  if (there === undefined) {
    if (!isDebian()) return skip("no Docker engine answers, and an own one needs Debian");
    if (!isRoot()) return skip("no Docker engine answers, and an own one needs root");
    if (!(await canHaveEngine())) return skip("no Docker engine answers, and this machine may not run one");
  }
  beInterruptible();
  await installNpmPackages();
  await buildWorkspaces();
  if (there !== undefined) return prove(there, false);
  await step("Debian packages: Docker, Compose, debootstrap", installDocker);
  const engine = await step("a Docker engine of the test's own", startOwnEngine);
  try {
    await prove(engine.docker, true);
  } finally {
    await step("stop the engine", engine.stop);
  }
});
