import { createServer } from "node:net";

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}

/**
 * A port of 127.0.0.1 that nobody listens on at this moment.
 *
 * @param preferred used if it is free, so that addresses stay the same from one start to the next
 * @param onTaken called when it is not
 */
export async function freePort(preferred?: number, onTaken?: (preferred: number) => void): Promise<number> {
  const chosen = preferred === undefined ? undefined : await tryPort(preferred);
  if (preferred !== undefined && chosen === undefined) onTaken?.(preferred);
  const port = chosen ?? (await tryPort(0));
  if (port === undefined) throw new Error("No port of 127.0.0.1 is free.");
  return port;
}
