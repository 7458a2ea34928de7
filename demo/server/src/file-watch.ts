import { statSync } from "node:fs";

/** Notices that another process replaced a file, without reading it. */
export class FileWatch {
  readonly #path: string;
  #seen: string | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whether the file is another than when this was last asked. One that is not there is not another. */
  hasChanged(): boolean {
    const stat = statSync(this.#path, { bigint: true, throwIfNoEntry: false });
    if (stat === undefined) return false;
    const now = `${stat.ino} ${stat.mtimeNs} ${stat.size}`;
    const hasChanged = now !== this.#seen;
    this.#seen = now;
    return hasChanged;
  }
}
