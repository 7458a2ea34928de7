import { readSource } from "./root.ts";
import { table } from "./table.ts";

/** An interface whose members the SDK's page lists. */
interface Listed {
  readonly title: string;
  readonly file: string;
  readonly name: string;
}

const LISTED: readonly Listed[] = [
  { title: "Options of `start`", file: "sdk/src/options.ts", name: "SockscopeOptions" },
  { title: "… and of its vocabulary", file: "sdk/src/vocabulary.ts", name: "OwnVocabulary" },
  { title: "What `start` returns", file: "sdk/src/start.ts", name: "Sockscope" },
  { title: "Options of `observe`", file: "sdk/src/observe/observe-socket.ts", name: "ObserveOptions" },
  { title: "What `observe` returns", file: "sdk/src/observe/observe-socket.ts", name: "Observation" },
  { title: "Options of `instrument`", file: "sdk/src/instrument/instrument.ts", name: "InstrumentOptions" },
  {
    title: "… and of `observedWebSocket`",
    file: "sdk/src/instrument/instrument.ts",
    name: "ObservedWebSocketOptions",
  },
  { title: "What a snapshot holds", file: "sdk/src/snapshot/snapshots.ts", name: "Snapshot" },
  { title: "A sink", file: "sdk/src/record/sink.ts", name: "Sink" },
];

/** A doc comment and the member behind it, whose type ends at the line's end or opens a signature. */
const MEMBER = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:readonly )?(\w+)(\?)?\s*[(:<]/g;

/** @throws Error when the file has no such interface: it moved, or has another name */
function bodyOf({ file, name }: Listed): string {
  const source = readSource(file);
  const start = source.search(new RegExp(`export interface ${name}\\b`));
  const end = source.indexOf("\n}", start);
  if (start < 0 || end < 0) throw new Error(`${file} has no interface ${name}; mend docs/src/sdk-api.ts.`);
  return source.slice(start, end);
}

/** A doc comment as a sentence of a table: without stars, tags, and names of other packages' symbols in braces. */
function textOf(comment: string): string {
  return comment
    .replaceAll(/^\s*\* ?/gm, "")
    .replaceAll(/@param (\w+) /g, "`$1`: ")
    .replaceAll(/\{@link ([^}|]*\|)?\s*([^}]*)\}/g, "`$2`")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function section(listed: Listed): string {
  const rows = [...bodyOf(listed).matchAll(MEMBER)].map(([, comment = "", name, optional = ""]) => [
    `\`${name}${optional}\``,
    textOf(comment),
  ]);
  if (rows.length === 0) throw new Error(`${listed.file}: ${listed.name} documents no member.`);
  return [`### ${listed.title}`, table(["", "meaning"], rows)].join("\n\n");
}

/** The SDK's public interfaces, from the comments on them. */
export function sdkApiSection(): string {
  return LISTED.map(section).join("\n\n");
}
