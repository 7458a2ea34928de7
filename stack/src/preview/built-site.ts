import { existsSync, readFileSync } from "node:fs";
import { STATE } from "../root.ts";

/**
 * Where the set-up built the preview of the dashboards.
 *
 * @returns undefined when it could not be built, or never was
 */
export function builtSite(): string | undefined {
  const writtenDown = `${STATE}/preview.json`;
  if (!existsSync(writtenDown)) return undefined;
  const { site } = JSON.parse(readFileSync(writtenDown, "utf8")) as { site?: string };
  return site !== undefined && existsSync(site) ? site : undefined;
}
