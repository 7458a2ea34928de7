const TTY: boolean = process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined;
const NAME_COLUMNS = 28;

function paint(code: string, text: string): string {
  return TTY ? `\x1b[${code}m${text}\x1b[0m` : text;
}

/** Colour where a terminal shows it, plain text everywhere else. */
export const color = {
  good: (text: string): string => paint("32", text),
  bad: (text: string): string => paint("31", text),
  faint: (text: string): string => paint("2", text),
  strong: (text: string): string => paint("1", text),
};

/** A status line: mark, name, what is known of it. */
export function statusLine(ok: boolean, name: string, summary: string): string {
  return `${ok ? color.good("✔") : color.bad("✘")} ${name.padEnd(NAME_COLUMNS)}${summary}`;
}

/** Prints a line to standard output. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a status line as soon as something was tried, with how long it took. Returns whether it went well. */
export async function printOutcome(name: string, attempt: () => Promise<string>): Promise<boolean> {
  const began = performance.now();
  const waiting = TTY ? `${color.faint("…")} ${name}` : "";
  process.stdout.write(waiting);
  const [ok, summary] = await attempt().then(
    (figure) => [true, figure] as const,
    (error: unknown) => [false, error instanceof Error ? error.message : String(error)] as const,
  );
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  print(`${TTY ? "\r\x1b[K" : ""}${statusLine(ok, name, summary)}  ${color.faint(`${seconds} s`)}`);
  return ok;
}
