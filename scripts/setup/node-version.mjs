// @ts-check
import { readFileSync } from "node:fs";
import { ROOT } from "./paths.mjs";
import { SetupError } from "./progress.mjs";

/** Fails in words where Node is too old to say anything but a syntax error later. */
export function requireNode() {
  const wanted = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")).engines.node.replace(">=", "");
  const [major = 0, minor = 0] = wanted.split(".").map(Number);
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  throw new SetupError(`Node ${process.versions.node} is too old: Sockscope needs ${wanted} or newer.`);
}
