import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DeploymentFiles } from "./deployment-files.ts";
import { isGenerated } from "./generated-mark.ts";
import { NotGeneratedError } from "./not-generated-error.ts";

/** What became of a file, or would with another run. `stale`: it was generated, no longer is, and is left to its owner. */
export interface FileChange {
  /** Within the folder. */
  readonly path: string;
  readonly change: "wrote" | "changed" | "missing" | "differs" | "stale";
}

/** How files are written. */
export interface WriteOptions {
  /** Writes nothing, and says what it would. */
  readonly isCheck: boolean;
  /** Overwrites what no generator wrote. */
  readonly isForced: boolean;
}

/**
 * Writes files into a folder, each only where it differs, and nothing else there. Deletes nothing.
 *
 * @throws NotGeneratedError before anything is written, when a file would be overwritten that no generator wrote
 */
export async function writeGenerated(
  folder: string,
  { files, folders }: DeploymentFiles,
  { isCheck, isForced }: WriteOptions,
): Promise<readonly FileChange[]> {
  const current = new Map<string, string | undefined>();
  for (const path of files.keys()) current.set(path, await readIfThere(join(folder, path)));
  const differing = [...files].filter(([path, content]) => current.get(path) !== content);
  if (!isForced) refuseOthers(differing.map(([path]) => [path, current.get(path)]));
  const changes: FileChange[] = [];
  for (const [path, content] of differing) {
    const isNew = current.get(path) === undefined;
    if (!isCheck) await write(join(folder, path), content);
    const [ofNew, ofOld] = isCheck ? (["missing", "differs"] as const) : (["wrote", "changed"] as const);
    changes.push({ path, change: isNew ? ofNew : ofOld });
  }
  const stale = await staleIn(folder, files, folders);
  return [...changes, ...stale.map((path) => ({ path, change: "stale" as const }))];
}

function refuseOthers(current: readonly (readonly [path: string, text: string | undefined])[]): void {
  const others = current.filter(([path, text]) => text !== undefined && !isGenerated(path, text));
  if (others.length > 0) throw new NotGeneratedError(others.map(([path]) => path));
}

async function write(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** Files beside the generated ones that were generated as well. */
async function staleIn(
  folder: string,
  files: DeploymentFiles["files"],
  folders: DeploymentFiles["folders"],
): Promise<string[]> {
  const stale: string[] = [];
  for (const within of folders) {
    for (const name of await namesIn(join(folder, within))) {
      const path = `${within}/${name}`;
      if (!files.has(path) && isGenerated(path, (await readIfThere(join(folder, path))) ?? ""))
        stale.push(path);
    }
  }
  return stale;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await unlessMissing(readdir(folder, { withFileTypes: true }));
  return (entries ?? []).filter((entry) => entry.isFile()).map(({ name }) => name);
}

function readIfThere(file: string): Promise<string | undefined> {
  return unlessMissing(readFile(file, "utf8"));
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
