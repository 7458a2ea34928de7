import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { StackError } from "./stack-error.ts";

/** Whether a process exists; one that belongs to somebody else does. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What a process was started as; undefined where the system does not tell. */
function commandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return undefined;
  }
}

/** The process that holds a lock with this content; undefined when it is gone, or its pid now belongs to something else. */
function holder(content: string): number | undefined {
  const [pidText = "", command = ""] = content.split("\n");
  const pid = Number(pidText);
  // 0 and negative numbers would mean process groups, our own among them; and our own pid was somebody else's before.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid || !exists(pid)) return undefined;
  const now = commandLine(pid);
  return now === undefined || now === command ? pid : undefined;
}

/** What a lock says; undefined when there is none. */
function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Removes a lock that does not hold, unless another starter was quicker and put its own there. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.stale`;
  renameSync(file, aside);
  if (readFileSync(aside, "utf8") !== stale) linkSync(aside, file);
  rmSync(aside);
}

/**
 * Holds a state directory: two stacks in one clone would share Prometheus' data. The lock of a process that is gone does
 * not hold. A process locks a directory once.
 *
 * @returns gives the directory back
 * @throws StackError naming the process that has it
 */
export function lockState(folder: string): () => void {
  const file = `${folder}/lock`;
  const draft = `${file}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(draft, `${process.pid}\n${commandLine(process.pid) ?? ""}`);
  try {
    // A link appears with its content or not at all, and fails where there is one.
    linkSync(draft, file);
    return () => rmSync(file, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const content = readLock(file);
    const pid = content === undefined ? undefined : holder(content);
    if (pid !== undefined)
      throw new StackError("up", `already running here, as process ${pid}. Stop it with: kill ${pid}`);
    if (content !== undefined) removeStale(file, content);
    return lockState(folder);
  } finally {
    rmSync(draft, { force: true });
  }
}
