// @ts-check
import assert from "node:assert/strict";

/** @typedef {import("./project.mjs").Project} Project */

/** What a signal leaves: 0 of whoever takes it and ends; 143 would be of whoever is ended by it. */
const ENDED_BY_ITSELF = 0;

/** A service that is restarted has what it kept, and is healthy again. @param {Project} project @param {string} service @param {string} path @returns {Promise<void>} */
export async function proveVolume(project, service, path) {
  const kept = async () => {
    const container = (await project.containers()).get(service);
    const volume = container?.Mounts.find(({ Destination }) => Destination === path);
    assert.equal(volume?.Type, "volume", `${service} has no volume at ${path}`);
    const files = await project.call("exec", container?.Id ?? "", "sh", "-c", `ls '${path}'`);
    return { volume: volume?.Name, files: files.split("\n").filter((name) => name !== "") };
  };
  const before = await kept();
  assert.ok(before.files.length > 0, `${service} has written nothing into ${path}`);
  await project.compose("restart", service);
  await project.healthy();
  const after = await kept();
  assert.equal(after.volume, before.volume);
  for (const file of before.files.filter((name) => !name.endsWith(".tmp")))
    assert.ok(after.files.includes(file), `${service} lost ${path}/${file}`);
}

/** Each service ends when it is asked to, before its grace is over: whoever is killed ends with 137. @param {Project} project */
export async function proveStops(project) {
  // Whoever depends on others first, as `stop` does it.
  await project.compose("stop");
  for (const [service, { State }] of await project.containers())
    assert.equal(State.ExitCode, ENDED_BY_ITSELF, `${service} ended with ${State.ExitCode}`);
}

/** Nothing is left of a project. @param {Project} project */
export async function proveDown(project) {
  await project.compose("down", "--volumes");
  for (const list of /** @type {const} */ (["ps --all", "volume ls", "network ls"]))
    assert.deepEqual(await project.ids(list), [], `docker ${list} has something left`);
}
