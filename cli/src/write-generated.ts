import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What became of a file, or would with another run. `stale`: it was generated, no longer is, and is left to its owner. */
export interface FileChange {
  /** Within the folder. */
  readonly path: string;
  readonly change: "wrote" | "changed" | "missing" | "differs" | "stale";
}

/**
 * Writes files into a folder, each only where it differs, and nothing else there. Deletes nothing.
 *
 * @param files path within the folder, and content
 * @param isCheck writes nothing, and says what it would
 */
export async function writeGenerated(
  folder: string,
  files: ReadonlyMap<string, string>,
  isCheck: boolean,
): Promise<readonly FileChange[]> {
  const changes: FileChange[] = [];
  for (const [path, content] of files) {
    const current = await readIfThere(join(folder, path));
    if (current === content) continue;
    const isNew = current === undefined;
    if (isCheck) {
      changes.push({ path, change: isNew ? "missing" : "differs" });
      continue;
    }
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
    changes.push({ path, change: isNew ? "wrote" : "changed" });
  }
  const stale = await staleIn(folder, files);
  return [...changes, ...stale.map((path) => ({ path, change: "stale" as const }))];
}

/** What says of a file that a generator wrote it. */
const GENERATED = /^(?:#|<!--|\/\/) Generated|"uid": "sockscope-/;

/** Files beside the generated ones that were generated as well. */
async function staleIn(folder: string, files: ReadonlyMap<string, string>): Promise<string[]> {
  const folders = new Set([...files.keys()].map(dirname).filter((path) => path !== "."));
  const stale: string[] = [];
  for (const within of folders) {
    for (const name of await namesIn(join(folder, within))) {
      const path = `${within}/${name}`;
      if (!files.has(path) && GENERATED.test((await readIfThere(join(folder, path))) ?? "")) stale.push(path);
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
