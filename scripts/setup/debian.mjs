// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { run } from "./progress.mjs";

/**
 * Files that dpkg leaves out: without a unit and an init script, there is no service that Debian could start or enable,
 * on ports that may be taken.
 */
const NO_SERVICES = ["prometheus", "redis"].flatMap((service) => [
  `/lib/systemd/system/${service}*`,
  `/usr/lib/systemd/system/${service}*`,
  `/etc/init.d/${service}*`,
]);

/** Whether this machine has Debian's packages. Its derivatives do not count: Ubuntu's `chromium` is no program. */
export function isDebian() {
  const release = "/etc/os-release";
  return (
    existsSync(release) &&
    /^ID=debian$/m.test(readFileSync(release, "utf8")) &&
    existsSync("/usr/bin/apt-get")
  );
}

/** Whether this process may install them. */
export function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * Installs packages, their programs but not their services.
 *
 * @param {string[]} packages
 */
export async function installDebianPackages(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const leaveOut = NO_SERVICES.flatMap((path) => ["-o", `Dpkg::Options::=--path-exclude=${path}`]);
  await run("apt-get", ["-qq", "update"], { env });
  await run("apt-get", ["-qq", "install", "--yes", "--no-install-recommends", ...leaveOut, ...packages], {
    env,
  });
}
