// @ts-check
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";

/**
 * @typedef {import("./project.mjs").Project} Project
 * @typedef {import("./project.mjs").Container} Container
 */

const REFUSED_WITHIN_MS = 2_000;

/** This machine as others call it. */
const ownAddresses = () =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);

/** @param {string} host @param {number} port */
async function canConnect(host, port) {
  const socket = connect({ host, port, timeout: REFUSED_WITHIN_MS });
  socket.once("timeout", () => socket.destroy(new Error("timeout")));
  const isOpen = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isOpen;
}

/** Nobody but this machine reaches a port, and nobody outside the network the collector's admin listener. @param {Project} project */
export async function proveLoopback(project) {
  const containers = await project.containers();
  for (const [service, { NetworkSettings }] of containers) {
    for (const [port, published] of Object.entries(NetworkSettings.Ports)) {
      for (const { HostIp, HostPort } of published ?? []) {
        assert.equal(HostIp, "127.0.0.1", `${service} publishes ${port} on ${HostIp}`);
        for (const address of ownAddresses())
          assert.ok(!(await canConnect(address, Number(HostPort))), `${service} answers on ${address}`);
      }
    }
  }
  const admin = containers.get("collector")?.NetworkSettings.Ports["4391/tcp"] ?? [];
  assert.deepEqual(admin, [], "the collector's admin listener is published");
}

/** What the file says of rights and limits is so in each container, asked from within. @param {Project} project */
export async function proveConfinement(project) {
  for (const [service, container] of await project.containers()) {
    const { ReadonlyRootfs, CapDrop, SecurityOpt, Memory, NanoCpus, PidsLimit, Init } = container.HostConfig;
    assert.ok(ReadonlyRootfs && Init, `${service}: read-only and with an init`);
    assert.deepEqual(CapDrop, ["ALL"], service);
    assert.ok(SecurityOpt.includes("no-new-privileges:true"), service);
    assert.ok(Memory > 0 && NanoCpus > 0 && PidsLimit > 0, `${service} has no limits`);
    await proveFromWithin(project, service, container);
  }
}

/** @param {Project} project @param {string} service @param {Container} container */
async function proveFromWithin(project, service, { Id, Mounts }) {
  const sh = (/** @type {string} */ command) => project.call("exec", Id, "sh", "-c", command);
  assert.notEqual((await sh("id -u")).trim(), "0", `${service} runs as root`);
  const status = await sh("cat /proc/1/status");
  assert.match(status, /^CapEff:\s+0+$/m, `${service} has capabilities`);
  assert.match(status, /^NoNewPrivs:\s+1$/m, service);
  const readOnly = ["/", ...Mounts.filter(({ RW }) => !RW).map(({ Destination }) => Destination)];
  for (const path of readOnly) {
    // A file that is mounted is opened for writing, a folder gets a file: root would be refused, too.
    const write = `[ -d '${path}' ] && touch '${path}/x' || : >> '${path}'`;
    const written = await sh(`(${write}) 2>&1 || true`);
    assert.match(written, /Read-only file system|Permission denied/, `${service} can write ${path}`);
  }
}
