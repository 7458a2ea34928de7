import { existsSync } from "node:fs";
import { ROOT } from "./root.ts";

/** Where an alert is written, from the repository's root. Throws an Error for one that has no folder of its name. */
export function symptomFolder(alertName: string): string {
  const folder = `alerts/src/symptoms/${alertName.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase()}`;
  if (!existsSync(`${ROOT}${folder}`)) throw new Error(`${alertName} has no folder ${folder}.`);
  return folder;
}
