import { readSource } from "./root.ts";
import { table } from "./table.ts";

/** Where a symbol is declared. */
interface Declared {
  readonly file: string;
  readonly name: string;
}

/** An interface whose members the SDK's page lists. */
interface Listed extends Declared {
  readonly title: string;
}

/** What the entries export to be called. */
const FUNCTIONS: readonly Declared[] = [
  { file: "sdk/src/start.ts", name: "start" },
  { file: "sdk/src/instrument/instrument.ts", name: "instrument" },
  { file: "sdk/src/instrument/instrument.ts", name: "observedWebSocket" },
  { file: "sdk/src/snapshot/snapshots.ts", name: "createSnapshots" },
  { file: "sdk/src/otel/otel.ts", name: "otel" },
  { file: "sdk/src/datadog/datadog.ts", name: "datadog" },
  { file: "sdk/src/probe/handshake-probe.ts", name: "handshakeProbe" },
  { file: "sdk/src/storage/tab-storage.ts", name: "tabStorage" },
  { file: "sdk/src/socket/chat-socket.ts", name: "chatSocket" },
  { file: "sdk/src/react/use-chat-socket.ts", name: "useChatSocket" },
  { file: "sdk/src/react/chat-socket-provider.ts", name: "ChatSocketProvider" },
  { file: "sdk/src/react/chat-socket-provider.ts", name: "useSharedChatSocket" },
  { file: "sdk/src/react/chat-socket-provider.ts", name: "useChatMessages" },
  { file: "sdk/src/token/token-store.ts", name: "tokenStore" },
  { file: "sdk/src/token/token-error.ts", name: "isTokenError" },
];

/** Where the numbers are that comments name by their constants. */
const NUMBERS = [
  "sdk/src/options.ts",
  "sdk/src/snapshot/snapshots.ts",
  "sdk/src/datadog/datadog.ts",
  "sdk/src/token/token-options.ts",
  "catalog/src/protocol.ts",
];

const START_OPTIONS: Listed = {
  title: "Options of `start`",
  file: "sdk/src/options.ts",
  name: "SockscopeOptions",
};

const LISTED: readonly Listed[] = [
  START_OPTIONS,
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
  { title: "Options of `otel`", file: "sdk/src/otel/otel.ts", name: "OtelOptions" },
  { title: "Options of `datadog`", file: "sdk/src/datadog/datadog.ts", name: "DatadogOptions" },
  { title: "Options of `chatSocket`", file: "sdk/src/socket/socket-options.ts", name: "ChatSocketOptions" },
  { title: "… and of its heartbeat", file: "sdk/src/socket/socket-options.ts", name: "Heartbeat" },
  { title: "What `chatSocket` returns", file: "sdk/src/socket/chat-socket-interface.ts", name: "ChatSocket" },
  { title: "What it tells", file: "sdk/src/socket/chat-socket-interface.ts", name: "ChatSocketEvents" },
  { title: "A frame that was dropped", file: "sdk/src/socket/chat-socket-interface.ts", name: "Dropped" },
  {
    title: "What `useChatSocket` takes besides",
    file: "sdk/src/react/chat-handle.ts",
    name: "UseChatSocketOptions",
  },
  { title: "What `useChatSocket` returns", file: "sdk/src/react/use-chat-socket.ts", name: "UsedChatSocket" },
  { title: "Options of `tokenStore`", file: "sdk/src/token/token-options.ts", name: "TokenStoreOptions" },
  { title: "What `tokenStore` returns", file: "sdk/src/token/token-store.ts", name: "TokenStore" },
  {
    title: "What a socket says when it asks for a token",
    file: "sdk/src/socket/token-request.ts",
    name: "TokenRequest",
  },
  { title: "What `readAnswer` tells", file: "sdk/src/token/token-answer.ts", name: "TokenAnswer" },
  { title: "A sink", file: "sdk/src/record/sink.ts", name: "Sink" },
  { title: "A problem", file: "sdk/src/problems.ts", name: "Problem" },
];

/** A doc comment and the member behind it. */
const MEMBER = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:readonly )?(\w+[\s\S]*?);\n/g;

/** @throws Error when the file has no such interface: it moved, or has another name */
function bodyOf({ file, name }: Listed): string {
  const source = readSource(file);
  const start = source.search(new RegExp(`export interface ${name}\\b`));
  const end = source.indexOf("\n}", start);
  if (start < 0 || end < 0) throw new Error(`${file} has no interface ${name}; mend docs/src/sdk-api.ts.`);
  return source.slice(start, end + 1);
}

/** @throws Error when the file has no such function */
function functionOf({ file, name }: Declared): readonly [signature: string, meaning: string] {
  const pattern = new RegExp(
    `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export function (${name}\\b[\\s\\S]*?) \\{\\n`,
  );
  const [, comment, signature] = pattern.exec(readSource(file)) ?? [];
  if (!comment || !signature) throw new Error(`${file} has no function ${name}; mend docs/src/sdk-api.ts.`);
  return [codeOf(signature), textOf(comment)];
}

/** A declaration on one line, as a table can have it. */
function codeOf(declaration: string): string {
  const oneLine = declaration
    .replaceAll(/\s+/g, " ")
    .replaceAll(/,? \)/g, ")")
    .replaceAll("( ", "(")
    // How a function takes its options apart is no concern of its callers, nor how their types are found.
    .replaceAll(/\{[^}]*\}: (\w+) = \{\}/g, "options?: $1")
    .replaceAll(/<const [^>]*>/g, "")
    .replaceAll("readonly ", "");
  return `\`${oneLine}\``;
}

function numbers(): ReadonlyMap<string, string> {
  const declarations = NUMBERS.flatMap((file) => [
    ...readSource(file).matchAll(/export const (\w+)(?:: number)? = ([\d_]+);/g),
  ]);
  return new Map(
    declarations.map(([, name = "", digits = ""]) => [
      name,
      Number(digits.replaceAll("_", "")).toLocaleString("en"),
    ]),
  );
}

/** A doc comment as a sentence of a table: without stars, tags, and names of other packages' symbols in braces. */
function textOf(comment: string): string {
  return comment
    .replaceAll(/^\s*\* ?/gm, "")
    .replaceAll(/@param (\w+) /g, "`$1`: ")
    .replaceAll(/@typeParam (\w+) /g, "`$1`: ")
    .replaceAll(/@returns /g, "Returns what ")
    .replaceAll(/See \{@link ([^ ]*) \| ([^}]*)\}/g, "See [$2]($1)")
    .replaceAll(/\{@link ([^}|]*\|)?\s*([^}]*)\}/g, "`$2`")
    .replaceAll(/`([A-Z_]+)`/g, (text, name: string) => {
      const number = numbers().get(name);
      return number === undefined ? text : `${number} (${text})`;
    })
    .replaceAll(/\s+/g, " ")
    .trim();
}

function membersTable(listed: Listed): string {
  const rows = [...bodyOf(listed).matchAll(MEMBER)].map(([, comment = "", member = ""]) => [
    codeOf(member),
    textOf(comment),
  ]);
  if (rows.length === 0) throw new Error(`${listed.file}: ${listed.name} documents no member.`);
  return table(["", "meaning"], rows);
}

function section(listed: Listed): string {
  return [`### ${listed.title}`, membersTable(listed)].join("\n\n");
}

/** The SDK's public interfaces, from the comments on them. */
export function sdkApiSection(): string {
  const functions = `### Functions\n\n${table(["", "meaning"], FUNCTIONS.map(functionOf))}`;
  return [functions, ...LISTED.map(section)].join("\n\n");
}

/** What `start` takes, with its defaults, from the comments on it. */
export function startOptionsSection(): string {
  return membersTable(START_OPTIONS);
}
