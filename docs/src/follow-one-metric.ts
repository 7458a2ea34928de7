import { readSource } from "./root.ts";
import { table } from "./table.ts";

/** A place that a measurement passes: the one line of the file that contains the text. */
interface Hop {
  readonly what: string;
  readonly file: string;
  readonly line: string;
}

/** The way of `ws_client_closes_total`, from its declaration to the page that on-call reads. */
const HOPS: readonly Hop[] = [];

function lineNumber({ file, line }: Hop): number {
  const lines = readSource(file).split("\n");
  const found = lines.flatMap((text, index) => (text.includes(line) ? [index + 1] : []));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(
      `${file} has ${found.length} lines with \`${line}\`; the README's table needs exactly one.`,
    );
  }
  return only;
}

/** The README's table. It fails to generate when a hop is no longer where it says. */
export function followOneMetricSection(): string {
  const rows = HOPS.map((hop) => {
    const number = lineNumber(hop);
    return [hop.what, `[${hop.file}:${number}](${hop.file}#L${number})`];
  });
  return table(["what happens", "where"], rows);
}
