import { readdirSync } from "node:fs";
import { ROOT, readSource } from "./root.ts";

/** Imports and re-exports mention a symbol without using it. */
const IMPORTS = /^(?:import|export)\b[^;]*?\bfrom\s+"[^"]+";$/gms;

function sources(workspace: string): string[] {
  return readdirSync(`${ROOT}${workspace}/src`, { recursive: true, encoding: "utf8" })
    .map((file) => `${workspace}/src/${file}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test/.test(file) && !file.includes("/testing/"))
    .sort();
}

/** The files in which a catalog symbol is used, beyond being imported. */
export function filesUsing(symbol: string, workspaces: readonly string[]): string[] {
  const use = new RegExp(`\\b${symbol}\\b`);
  return workspaces.flatMap(sources).filter((file) => use.test(readSource(file).replace(IMPORTS, "")));
}

/** The workspaces whose code a user can get an error from. */
const WITH_ERRORS = ["promql", "sdk", "server", "collector", "cli", "stack"];

/** Every error code that the source mentions. */
export function codesInSource(): string[] {
  const codes = WITH_ERRORS.flatMap(sources).flatMap(
    (file) => readSource(file).match(/SOCKSCOPE_ERR_[A-Z_]+/g) ?? [],
  );
  return [...new Set(codes)].sort();
}
