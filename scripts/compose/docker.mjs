// @ts-check
import { run, SetupError } from "../setup/progress.mjs";

/**
 * How to talk to a Docker engine that answers.
 *
 * @typedef {object} Docker
 * @property {string} docker the program
 * @property {string[]} compose program and first arguments of Compose, 2 or 1.29
 * @property {NodeJS.ProcessEnv} env in which both find the engine
 * @property {AbortSignal} [signal] ends what is running of both
 */

const NO_ENGINE =
  "No Docker engine answers here, or there is no Compose; start Docker and install the Compose plugin, or leave --docker away to run natively";

/** An engine that is starting, or whose machine is gone, is none. */
const ANSWER_SECONDS = 5;

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Docker | undefined>} undefined where there is no engine, or no Compose
 */
export async function findDocker(env = process.env) {
  /** @param {string} program @param {string[]} args */
  const works = (program, ...args) =>
    run("timeout", [String(ANSWER_SECONDS), program, ...args], { env }).then(
      () => true,
      () => false,
    );
  if (!(await works("docker", "version", "--format", "{{.Server.Version}}"))) return undefined;
  for (const compose of [["docker", "compose"], ["docker-compose"]]) {
    const [program = "", ...args] = compose;
    if (await works(program, ...args, "version")) return { docker: "docker", compose, env };
  }
  return undefined;
}

/** @returns {Promise<Docker>} */
export async function requireDocker() {
  const found = await findDocker();
  if (found === undefined) throw new SetupError(NO_ENGINE);
  return found;
}
