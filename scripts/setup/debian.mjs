// @ts-check
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { STATE } from "./paths.mjs";
import { run } from "./progress.mjs";

/** Unpacked packages: `<DEBIAN_ROOT>/usr/bin/prometheus`. */
export const DEBIAN_ROOT = `${STATE}/debian/root`;

const LISTS = `${STATE}/debian/lists`;
const ARCHIVES = `${STATE}/debian/archives`;

// apt with a state of its own: no root is needed, and the system's package lists stay as they are.
const PRIVATE_APT = [
  "-o",
  `Dir::State::Lists=${LISTS}`,
  "-o",
  `Dir::Cache=${STATE}/debian/cache`,
  "-o",
  "APT::Sandbox::User=",
];

/** Whether this machine has Debian's packages. */
export function isDebian() {
  return (
    existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get") && existsSync("/usr/bin/dpkg-deb")
  );
}

/**
 * Unpacks packages into the state directory. They are not installed: Debian would start their services, on ports that
 * may be taken, and leave them running.
 *
 * @param {string[]} packages
 */
export async function unpackDebianPackages(packages) {
  for (const folder of [`${LISTS}/partial`, `${STATE}/debian/cache`, ARCHIVES, DEBIAN_ROOT]) {
    mkdirSync(folder, { recursive: true });
  }
  await run("apt-get", [...PRIVATE_APT, "-qq", "update"]);
  await run("apt-get", [...PRIVATE_APT, "-qq", "download", ...packages], { cwd: ARCHIVES });
  for (const archive of readdirSync(ARCHIVES))
    await run("dpkg-deb", ["-x", `${ARCHIVES}/${archive}`, DEBIAN_ROOT]);
  for (const folder of [ARCHIVES, LISTS, `${STATE}/debian/cache`]) rmSync(folder, { recursive: true });
}

/**
 * Installs packages that cannot be unpacked aside, because other packages have to be configured with them.
 *
 * @param {string[]} packages
 */
export async function installDebianPackages(packages) {
  await run("apt-get", ["-qq", "update"]);
  await run("apt-get", ["-qq", "install", "--yes", "--no-install-recommends", ...packages], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}
