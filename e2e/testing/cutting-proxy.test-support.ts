import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Stands between a page and its server, as a network does that is not always there. */
export interface CuttingProxy {
  readonly url: string;
  /** Ends every connection without a word. */
  cut(): void;
  /** From now on, what comes from pages vanishes on its way; or no longer. Connections stay. */
  swallow(isSwallowing: boolean): void;
  /** Ends every connection and refuses new ones; or no longer. */
  refuse(isRefusing: boolean): void;
  close(): Promise<void>;
}

/** Starts a proxy on a free port of loopback. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isSwallowing = false;
  let isRefusing = false;

  function follow(socket: Socket): void {
    sockets.add(socket.on("error", () => {}).on("close", () => sockets.delete(socket)));
  }

  const server = createServer((page) => {
    if (isRefusing) return void page.destroy();
    const behind = connect(Number(port), hostname);
    for (const socket of [page, behind]) follow(socket);
    page.on("data", (bytes) => isSwallowing || behind.write(bytes));
    behind.on("data", (bytes) => page.write(bytes));
    page.on("close", () => behind.destroy());
    behind.on("close", () => page.destroy());
  });
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    swallow: (is) => {
      isSwallowing = is;
    },
    refuse: (is) => {
      isRefusing = is;
      if (is) cut();
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}
