/** One edit of a document: lines that go somewhere into a file. */
export interface Edit {
  readonly file: string;
  readonly where: "at the end" | "before" | "instead of";
  /** The one line before or instead of which they go. */
  readonly anchor: string;
  readonly lines: readonly string[];
}

const EDIT =
  /^ *\[`(?<file>[^`]+)`\]\([^)]+\), (?:(?<end>at the end)|(?<where>before|instead of) `(?<anchor>[^`]+)`):\n\n(?<indent> *)```ts\n(?<code>[\s\S]*?)\n *```$/gm;

/** The edits of a Markdown page, in its order. */
export function editsOf(page: string): Edit[] {
  return [...page.matchAll(EDIT)].map(({ groups = {} }) => {
    const { file = "", where, anchor = "", indent = "", code = "" } = groups;
    return {
      file,
      where: where === "before" || where === "instead of" ? where : "at the end",
      anchor,
      lines: code.split("\n").map((line) => line.slice(indent.length)),
    };
  });
}

/** A file's text after an edit. Throws an Error unless the anchor is exactly one line. */
export function applyEdit(text: string, { file, where, anchor, lines }: Edit): string {
  if (where === "at the end") return `${text.trimEnd()}\n\n${lines.join("\n")}\n`;
  const before = text.split("\n");
  const index = before.indexOf(anchor);
  if (index === -1 || before.lastIndexOf(anchor) !== index) {
    throw new Error(`${file} needs exactly one line "${anchor}".`);
  }
  return before.toSpliced(index, where === "before" ? 0 : 1, ...lines).join("\n");
}
