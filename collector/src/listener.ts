import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CollectorListenError } from "./collector-listen-error.ts";
import type { ListenAddress } from "./collector-options.ts";

/**
 * Starts to listen.
 *
 * @returns the base URL, without a slash at its end
 * @throws CollectorListenError
 */
export function listen(server: Server, address: ListenAddress): Promise<string> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException): void => reject(new CollectorListenError(address, cause));
    server.once("error", refuse);
    server.listen(address.port, address.host, () => {
      server.off("error", refuse);
      resolve(baseUrl(server.address() as AddressInfo));
    });
  });
}

function baseUrl({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

/** Stops to listen. Requests under way get `graceMs` to finish; then their connections are cut. */
export function stopListening(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
  });
}
