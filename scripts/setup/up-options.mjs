// @ts-check
import { parseArgs } from "node:util";
import { SetupError } from "./progress.mjs";

/** What decides where everything runs. What else there is, is for the native stack to understand. */
const OPTIONS = /** @type {const} */ ({
  docker: { type: "boolean" },
  native: { type: "boolean" },
  check: { type: "boolean" },
  help: { type: "boolean" },
  users: { type: "string" },
});

/**
 * The options of `npm run up`.
 *
 * @param {string[]} args
 * @throws SetupError when it is to run in both ways
 */
export function upOptions(args) {
  const { values } = parseArgs({ args, options: OPTIONS, strict: false, allowPositionals: true });
  const [docker, native, check, help] = [values.docker, values.native, values.check, values.help].map(
    (value) => value === true,
  );
  if (docker && native)
    throw new SetupError("--docker and --native cannot both be meant; give one of them, or none.");
  const users = typeof values.users === "string" ? values.users : undefined;
  const rest = args.filter((arg) => arg !== "--docker" && arg !== "--native");
  return { docker, native, check, help, users, rest };
}
