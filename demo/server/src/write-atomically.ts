import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

/** Only its owner reads what a session can be forged with, or what people said. */
const OWNER_ONLY = 0o600;

/** Writes a file that is there as a whole or not at all, whenever the machine stops. Throws the system's error. */
export function writeAtomically(path: string, text: string): void {
  const draft = writeDraft(path, text);
  try {
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * As {@link writeAtomically}, unless the file is there already, be it of another process that started at the same moment. Then
 * nothing is written: a full disk is no reason not to start.
 */
export function createAtomically(path: string, text: string): void {
  if (existsSync(path)) return;
  const draft = writeDraft(path, text);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}

function writeDraft(path: string, text: string): string {
  const draft = `${path}.${process.pid}.draft`;
  const file = openSync(draft, "w", OWNER_ONLY);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return draft;
}
