// @ts-check

/** A container's health check: ends with 0 when an address answers well. The images have no curl. */
const [, , address = ""] = process.argv;
const WAIT_MS = 2_500;

try {
  const { ok, status } = await fetch(address, { signal: AbortSignal.timeout(WAIT_MS) });
  process.stdout.write(`${address} answers ${status}\n`);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  process.stdout.write(`${address} does not answer: ${error}\n`);
  process.exitCode = 1;
}
