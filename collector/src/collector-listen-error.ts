import type { ListenAddress } from "./collector-options.ts";

const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: "the address is in use: stop what listens there or choose another port",
  EACCES: "not permitted: choose a port above 1023 or grant the right to bind it",
  EADDRNOTAVAIL: "no interface of this machine has that address: choose one that has",
  ENOTFOUND: "the host name does not resolve: use an address",
};

/** The collector could not listen. The message names the address; the system's error is the `cause`. */
export class CollectorListenError extends Error {
  override readonly name = "CollectorListenError";
  readonly code = "SOCKSCOPE_ERR_LISTEN";
  readonly address: ListenAddress;

  constructor(address: ListenAddress, cause: NodeJS.ErrnoException) {
    const advice = ADVICE[cause.code ?? ""] ?? cause.message;
    super(`cannot listen on ${address.host}:${address.port}: ${advice}`, { cause });
    this.address = address;
  }
}
