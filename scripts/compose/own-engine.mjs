// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { installDebianPackages } from "../setup/debian.mjs";
import { STATE } from "../setup/paths.mjs";
import { run, SetupError } from "../setup/progress.mjs";
import { findDocker } from "./docker.mjs";

const PACKAGES = ["docker.io", "docker-compose", "debootstrap", "iptables", "tini"];
const PROGRAMS = ["dockerd", "docker-compose", "debootstrap", "iptables", "docker-init"];
/** Debian's own, before any other docker that is on the PATH and may lack what Debian's Compose wants of it. */
const DEBIAN_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

const STARTS_WITHIN_MS = 30_000;
const STOPS_WITHIN_MS = 30_000;
const POLL_MS = 200;

/** Installs Debian's Docker, its programs but not its services. */
export async function installDocker() {
  const missing = PROGRAMS.some(
    (program) => !existsSync(`/usr/bin/${program}`) && !existsSync(`/usr/sbin/${program}`),
  );
  if (missing) await installDebianPackages(PACKAGES);
}

/**
 * Nothing of the machine is touched: no rules of its firewall, no forwarding, no bridge but those of the test's own networks, which
 * go with them. So containers reach each other, published ports work through a proxy, and nothing else leads out; builds use the
 * machine's own network.
 */
const KEEP_OFF = ["--iptables=false", "--ip-masq=false", "--ip-forward=false", "--bridge=none"];

/**
 * Starts a Docker engine of the test's own, beside whatever there may be.
 *
 * @returns {Promise<{ docker: import("./docker.mjs").Docker, stop: () => Promise<void> }>}
 */
export async function startOwnEngine() {
  const data = `${STATE}/compose/engine`;
  mkdirSync(data, { recursive: true });
  // A socket's path has at most 107 bytes, and a clone may be anywhere.
  const sockets = mkdtempSync(join(tmpdir(), "sockscope-docker-"));
  const host = `unix://${sockets}/docker.sock`;
  const logFile = `${STATE}/compose/dockerd.log`;
  const log = openSync(logFile, "w");
  const args = [
    "--data-root",
    data,
    "--exec-root",
    `${sockets}/exec`,
    "-H",
    host,
    "--pidfile",
    `${sockets}/pid`,
  ];
  // The kernel ends it when the test is gone, even if nobody could stop it any more.
  const daemon = spawn(
    "/usr/bin/setpriv",
    ["--pdeathsig", "TERM", "/usr/sbin/dockerd", ...args, ...KEEP_OFF],
    {
      stdio: ["ignore", log, log],
      // Ctrl-C reaches the test, which stops its containers before their engine.
      detached: true,
      env: { ...process.env, PATH: DEBIAN_PATH },
    },
  );
  closeSync(log);
  const lastResort = () => daemon.kill("SIGTERM");
  process.once("exit", lastResort);
  const ended = once(daemon, "close");

  const stop = async () => {
    process.off("exit", lastResort);
    if (daemon.exitCode === null && daemon.signalCode === null) {
      daemon.kill("SIGTERM");
      const timeout = delay(STOPS_WITHIN_MS, "late", { ref: false });
      if ((await Promise.race([ended, timeout])) === "late") daemon.kill("SIGKILL");
      await ended;
    }
    // Images stay, and make the next run a short one; they are safe to delete with the rest of the folder.
    rmSync(sockets, { recursive: true, force: true });
  };
  try {
    const env = {
      ...process.env,
      PATH: DEBIAN_PATH,
      DOCKER_HOST: host,
      DOCKER_BUILDKIT: "1",
      COMPOSE_DOCKER_CLI_BUILD: "1",
      // Whatever is configured for another engine.
      DOCKER_CONFIG: `${sockets}/config`,
    };
    const docker = await answering(env, daemon, logFile);
    await forgetFormerRuns(docker);
    return { docker, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {import("node:child_process").ChildProcess} daemon
 * @param {string} logFile
 */
async function answering(env, daemon, logFile) {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (daemon.exitCode === null && Date.now() < deadline) {
    const docker = await findDocker(env);
    if (docker !== undefined) return { ...docker, docker: "/usr/bin/docker" };
    await delay(POLL_MS);
  }
  const words = existsSync(logFile)
    ? readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-5).join("\n")
    : "";
  throw new SetupError(`dockerd did not begin to answer; it says:\n${words}`);
}

/**
 * Removes what a run left that was killed: containers would start again, and a network is a bridge on this machine.
 *
 * @param {import("./docker.mjs").Docker} docker
 */
async function forgetFormerRuns({ docker, env }) {
  const left = (await run(docker, ["ps", "--all", "--quiet"], { env })).split("\n").filter((id) => id !== "");
  if (left.length > 0) await run(docker, ["rm", "--force", "--volumes", ...left], { env });
  await run(docker, ["network", "prune", "--force"], { env });
  await run(docker, ["volume", "prune", "--force"], { env });
}

/** Whether this machine lets a process have an engine at all: a container without the right to mount does not. */
export async function canHaveEngine() {
  return run("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]).then(
    () => true,
    () => false,
  );
}
