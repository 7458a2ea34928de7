/** What a command has to do with the world around it. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** One line to stdout, without its line feed. */
  readonly print: (line: string) => void;
  /** One line to stderr, without its line feed. */
  readonly complain: (line: string) => void;
  /** How wide it is. Default: nobody knows, as where the output is a file. */
  readonly columns?: number | undefined;
  /** Whether it shows colours, and wants to. Default: no. */
  readonly hasColors?: boolean;
  /** Resolves when the user or the system asks the command to stop. Asking twice ends it at once. */
  readonly stopRequested: () => Promise<void>;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    environment: process.env,
    columns: process.stdout.columns,
    // See https://no-color.org.
    hasColors: process.stdout.isTTY === true && !process.env["NO_COLOR"],
    print: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
    stopRequested: () =>
      new Promise((resolve) => {
        let isAsked = false;
        const ask = (): void => {
          if (isAsked) process.exit(1);
          isAsked = true;
          resolve();
        };
        process.on("SIGTERM", ask).on("SIGINT", ask);
      }),
  };
}
