import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { SwitchboardEnvironment } from "../switchboard.ts";
import { Passage } from "./passage.ts";
import type { Weather } from "./weather.ts";

/** A proxy in front of a server, as a network is that is not always there. */
export interface FaultProxy {
  readonly port: number;
  /** From now on the network is like this. */
  change(weather: Weather): void;
  /** Ends every connection, and takes no more. */
  close(): Promise<void>;
}

/** How to start a proxy. */
export interface FaultProxyOptions {
  readonly target: { readonly host: string; readonly port: number };
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly schedule: SwitchboardEnvironment["schedule"];
}

/** Starts a proxy that passes everything on. Rejects with the system's error when it cannot listen. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { target, schedule } = options;
  const passages = new Set<Passage>();
  let weather: Weather = {};

  const server = createServer((client: Socket) => {
    if (weather.isCut) return void client.destroy();
    const passage = new Passage(client, connect(target.port, target.host), schedule);
    passages.add(passage);
    passage.onEnd(() => passages.delete(passage));
    passage.change(weather);
  });
  server.listen(options.port, options.host);
  await once(server, "listening");

  const cut = (): void => {
    for (const passage of passages) passage.cut();
  };
  return {
    port: (server.address() as AddressInfo).port,
    change: (next) => {
      weather = next;
      if (next.isCut) cut();
      for (const passage of passages) passage.change(next);
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}
