import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

/** Only its owner reads what a session can be forged with, or what people said. */
const OWNER_ONLY = 0o600;

/** Writes a file that is there as a whole or not at all, whenever the machine stops. Throws the system's error. */
export function writeAtomically(path: string, text: string): void {
  renameSync(writeDraft(path, text), path);
}

/** As {@link writeAtomically}, unless the file is there already, as of another process that started at the same moment. */
export function createAtomically(path: string, text: string): void {
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
  } finally {
    closeSync(file);
  }
  return draft;
}
