/** A place in a text, both from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Space, then one token of JSON: a sign, a text, or a number and the like. See RFC 8259. */
const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text of JSON may not have them.
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

const SPACE = /[ \t\n\r]*/y;

/** What may come next. */
type Expected = "value" | "value or ]" | "key" | "key or }" | "colon" | "comma or end";

/** Of what is expected, what a token makes of it; undefined where the token may not stand. */
function after(expected: Expected, [, sign, text]: RegExpExecArray, open: string[]): Expected | undefined {
  const isValue = sign === undefined;
  if (expected === "colon") return sign === ":" ? "value" : undefined;
  if (expected === "key" || expected === "key or }") {
    if (text !== undefined) return "colon";
    return expected === "key or }" && sign === "}" ? closed(open) : undefined;
  }
  if (expected === "comma or end") {
    if (sign === ",") return open.at(-1) === "{" ? "key" : open.at(-1) === "[" ? "value" : undefined;
    const isEnd = (sign === "}" && open.at(-1) === "{") || (sign === "]" && open.at(-1) === "[");
    return isEnd ? closed(open) : undefined;
  }
  if (expected === "value or ]" && sign === "]") return closed(open);
  if (isValue) return "comma or end";
  if (sign !== "{" && sign !== "[") return undefined;
  open.push(sign);
  return sign === "{" ? "key or }" : "value or ]";
}

function closed(open: string[]): Expected {
  open.pop();
  return "comma or end";
}

function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  return from + (SPACE.exec(text)?.[0].length ?? 0);
}

/** Where a text stops being JSON. Node says it in some of its messages, and then as an offset. */
export function jsonFault(text: string): TextPosition {
  const open: string[] = [];
  let expected: Expected | undefined = "value";
  let position = 0;
  for (;;) {
    TOKEN.lastIndex = position;
    const token: RegExpExecArray | null = TOKEN.exec(text);
    expected = token === null ? undefined : after(expected, token, open);
    if (token === null || expected === undefined) break;
    position = TOKEN.lastIndex;
  }
  const before = text.slice(0, skipSpace(text, position)).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
