import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";

/** Only its owner reads what a session can be forged with, or what people said. */
const OWNER_ONLY = 0o600;

/** Writes a file that is there as a whole or not at all, whenever the machine stops. Throws the system's error. */
export function writeAtomically(path: string, text: string): void {
  const draft = `${path}.${process.pid}.draft`;
  const file = openSync(draft, "w", OWNER_ONLY);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
