import { readFileSync } from "node:fs";

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { devDependencies } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as Manifest;

/** A peer with the version that is measured, which this package pins. */
export function peer(name: string): string {
  return `${name}@${devDependencies[name]}`;
}
