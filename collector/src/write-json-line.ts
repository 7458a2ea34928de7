/** One JSON line on stderr: what the collector says where nobody else listens. */
export function writeJsonLine(event: object): void {
  process.stderr.write(`${JSON.stringify(event)}\n`);
}
