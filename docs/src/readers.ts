import { DEFAULT_CATALOG } from "@sockscope/catalog";
import { type Reader, type Reading, readersOf, readingsOf } from "sockscope";
import { filesWith } from "./symbol-uses.ts";
import { symptomFolder } from "./symptom-folder.ts";

/** A reading, and where it is written, from the repository's root. */
export interface ReadingWithFile extends Reading {
  readonly file: string;
}

const READERS: readonly Reader[] = readersOf(DEFAULT_CATALOG);

function fileOf({ kind, name }: Reader): string {
  switch (kind) {
    case "recording rule":
      return filesWith(JSON.stringify(name), ["slo"]).join();
    case "target":
      return "slo/src/slis.ts";
    case "alert":
      return `${symptomFolder(name)}/alerts.ts`;
    case "panel":
      return filesWith(`title: ${JSON.stringify(name)}`, ["dashboards"]).join();
    case "runbook":
      return `${symptomFolder(name)}/runbook.ts`;
  }
}

/** Everybody who reads a metric or a recorded expression, each once. */
export function readingsWithFiles(name: string): readonly ReadingWithFile[] {
  return readingsOf(name, READERS).map((reading) => ({ ...reading, file: fileOf(reading.reader) }));
}

/** Those whose queries have a text in them, such as the value of a label. */
export function readersMentioning(text: string): readonly Reader[] {
  return READERS.filter(({ query }) => query.includes(text));
}
