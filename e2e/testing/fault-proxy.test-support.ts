import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request on its way to the collector, and what may become of it. */
export interface Passage {
  readonly response: ServerResponse;
  /** Hands it to the collector, and resolves when that has answered; the answer waits. */
  deliver(): Promise<Response>;
  /** Hands it to the collector, and the answer back. */
  pass(): Promise<void>;
}

/** What a proxy does instead of passing a request on. */
export type Fault = (passage: Passage) => unknown;

/** Stands between pages and a collector, as proxies, firewalls and load balancers do. */
export interface FaultProxy {
  readonly url: string;
  /** From now on; undefined passes everything on. What met a fault before is past help. */
  set(fault: Fault | undefined): void;
  /** Resolves when so many requests met a fault. */
  met(requests: number): Promise<void>;
  close(): Promise<void>;
}

/** What the collector reads of a request. */
const PASSED = ["origin", "content-type"] as const;

function headersOf(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(PASSED.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
}

/** Starts a proxy on a free port of loopback, which passes everything on until it is told otherwise. */
export async function startFaultProxy(collectorUrl: string): Promise<FaultProxy> {
  let fault: Fault | undefined;
  let met = 0;
  const waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const { method = "POST", url = "/", headers } = request;
    const body = Buffer.concat(await request.toArray());
    const deliver = (): Promise<Response> =>
      fetch(collectorUrl + url, { method, headers: headersOf(headers), body });
    const pass = async (): Promise<void> => {
      const answer = await deliver();
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    };
    if (!fault) return pass();
    fault({ response, deliver, pass });
    met += 1;
    for (const look of waiting.splice(0)) look();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (next) => {
      fault = next;
    },
    met: async (requests) => {
      while (met < requests) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
