import { readdirSync } from "node:fs";
import { ROOT, readSource } from "./root.ts";

/** Imports and re-exports mention a symbol without using it. */
const IMPORTS = /^(?:import|export)\b[^;]*?\bfrom\s+"[^"]+";$/gms;

function sources(workspace: string): string[] {
  return readdirSync(`${ROOT}${workspace}/src`, { recursive: true, encoding: "utf8" })
    .map((file) => `${workspace}/src/${file}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test/.test(file) && !/\/(?:testing|generated)\//.test(file))
    .sort();
}

/** Comments mention what they explain. */
const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/** The files that contain a text. */
export function filesWith(text: string, workspaces: readonly string[]): string[] {
  return workspaces.flatMap(sources).filter((file) => readSource(file).includes(text));
}

/** Sinks get what others record. */
const SINKS = /^sdk\/src\/(?:datadog|otel|snapshot)\//;

/** The files in which a symbol is used, beyond being imported or explained, or passed on by a sink. */
export function filesUsing(symbol: string, workspaces: readonly string[]): string[] {
  const use = new RegExp(`\\b${symbol}\\b`);
  const isUsed = (file: string): boolean =>
    !SINKS.test(file) && use.test(readSource(file).replaceAll(IMPORTS, "").replaceAll(COMMENTS, ""));
  return workspaces.flatMap(sources).filter(isUsed);
}

/** The workspaces whose code a user can get an error from. */
export const WITH_ERRORS: readonly string[] = [
  "promql",
  "sdk",
  "server",
  "collector",
  "config",
  "cli",
  "stack",
];

/** Every error code that the source mentions. */
export function codesInSource(): string[] {
  const codes = WITH_ERRORS.flatMap(sources).flatMap(
    (file) => readSource(file).match(/SOCKSCOPE_ERR_[A-Z_]+/g) ?? [],
  );
  return [...new Set(codes)].sort();
}
