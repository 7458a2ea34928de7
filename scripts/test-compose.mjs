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

/** A build that hangs is interrupted, too. */
function beBounded() {
  const interrupt = () => {
    process.stderr.write(`It is not over after ${LONGEST_MS / 60_000} minutes: interrupted.\n`);
    process.kill(process.pid, "SIGTERM");
  };
  setTimeout(interrupt, LONGEST_MS).unref();
}

/** Whoever interrupts leaves nothing running. @param {() => Promise<unknown>} cleanUp */
function onSignal(cleanUp) {
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.once(name, () => void cleanUp().finally(() => process.exit(1)));
}

/** @param {Docker} docker @param {boolean} isOwnEngine */
async function prove(docker, isOwnEngine) {
  const { fileToRun } = await import("../stack/dist/compose/index.js");
  // An own engine leads nowhere, so builds use this machine's network.
  const { text, images } = fileToRun(isOwnEngine ? "host" : undefined);
  mkdirSync(`${STATE}/compose`, { recursive: true });
  writeFileSync(FILE, text);
  if (isOwnEngine) {
    await step("a Debian for stand-ins", () => importDebian(docker, `${STATE}/compose`));
    await step("stand-ins for the images that are pulled elsewhere", () => buildStandIns(docker, images));
  }
  const name = `sockscope-test-${randomBytes(4).toString("hex")}`;
  const project = new Project(docker, name, { file: FILE, env: { SOCKSCOPE_USERS: "2" } });
  if (!isOwnEngine) onSignal(() => project.compose("down", "--volumes"));
  try {
    await step("build our images", () => project.compose("build"));
    await step("start", () => project.compose("up", "--detach"));
    await step("every service is healthy", () => project.healthy());
    await fireAlert(project);
    await step("both jobs are scraped, all rules are evaluated, Alertmanager is known", () =>
      proveScraping(project),
    );
    await step("a simulated user's attempt has reached Prometheus", () => proveUsers(project));
    await step(
      `Grafana${isOwnEngine ? "'s stand-in" : ""} has dashboards and a data source that answers`,
      () => proveGrafana(project),
    );
    await step("every alert's runbook is there", () => proveRunbooks(project));
    await step("nothing answers but on loopback", () => proveLoopback(project));
    await step("no service has rights, and none can write what it should not", () =>
      proveConfinement(project),
    );
    await step("an alert has reached the pager", () => provePager(project));
    await step("the chat server keeps its sessions over a restart", () =>
      proveVolume(project, "chat", "/var/lib/chat"),
    );
    await step("the collector comes back and is scraped", async () => {
      await project.compose("restart", "collector");
      await project.healthy();
      await proveScraping(project);
    });
    await step("each service ends when it is asked to", () => proveStops(project));
    await step("nothing is left", () => proveDown(project));
  } catch (error) {
    const said = await project.compose("logs", "--no-color", "--tail", "30").catch(() => "");
    process.stdout.write(said);
    throw error;
  } finally {
    await project.compose("down", "--volumes", "--timeout", "5").catch(() => {});
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
  beBounded();
  await installNpmPackages();
  await buildWorkspaces();
  if (there !== undefined) return prove(there, false);
  await step("Debian packages: Docker, Compose, debootstrap", installDocker);
  const engine = await step("a Docker engine of the test's own", startOwnEngine);
  onSignal(engine.stop);
  try {
    await prove(engine.docker, true);
  } finally {
    await step("stop the engine", engine.stop);
  }
});
