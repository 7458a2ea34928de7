import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What became of a file, or would with another run. */
export interface FileChange {
  /** Within the folder. */
  readonly path: string;
  readonly change: "wrote" | "changed" | "missing" | "differs";
}

/**
 * Writes files into a folder, each only where it differs, and nothing else there.
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
  return changes;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
