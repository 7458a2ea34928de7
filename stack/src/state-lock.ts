import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { StackError } from "./stack-error.ts";

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Holds a state directory: two stacks in one clone would share Prometheus' data. The lock of a process that is gone does
 * not hold.
 *
 * @returns gives the directory back
 * @throws StackError naming the process that has it
 */
export function lockState(folder: string): () => void {
  const file = `${folder}/pid`;
  mkdirSync(folder, { recursive: true });
  try {
    const descriptor = openSync(file, "wx");
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return () => rmSync(file, { force: true });
  } catch {
    const pid = Number(readFileSync(file, "utf8"));
    if (isRunning(pid))
      throw new StackError("up", `already running here, as process ${pid}. Stop it with: kill ${pid}`);
    rmSync(file, { force: true });
    return lockState(folder);
  }
}
