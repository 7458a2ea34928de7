import { Registry } from "prom-client";
import type { Connection } from "../connection/connection.ts";
import type { ConnectionOptions } from "../connection/connection-options.ts";
import {
  type InstrumentServerOptions,
  instrumentServer,
  type ServerInstrumentation,
} from "../instrument-server.ts";
import { wsConnection } from "../ws/ws-connection.ts";
import { FakeSocket } from "./fake-socket.test-support.ts";

/** The app of every test. */
export const TEST_APP = "chat";

/** A connection, and the socket under it. */
export interface OpenedConnection {
  readonly socket: FakeSocket;
  readonly connection: Connection;
}

/** An instrumentation with one route, and a clock that stands until the test moves it. */
export interface Instrumented {
  readonly registry: Registry;
  readonly clock: { ms: number; now(): number };
  readonly instrumentation: ServerInstrumentation;
  /** Accepts a connection; by default to the route, authenticated by a cookie. */
  open(options?: Partial<ConnectionOptions>): OpenedConnection;
}

/** Instruments a server that has no sockets yet. */
export function instrumented(
  options: Pick<InstrumentServerOptions, "log" | "catalog" | "byThread"> = {},
): Instrumented {
  const registry = new Registry();
  const clock = { ms: 5000, now: () => clock.ms };
  const instrumentation = instrumentServer({ app: TEST_APP, registry, routes: ["/ws"], clock, ...options });
  return {
    registry,
    clock,
    instrumentation,
    open: (known) => {
      const socket = new FakeSocket();
      const accepted = { route: "/ws", authMethod: "cookie", ...known } as const;
      return { socket, connection: wsConnection(instrumentation, socket, accepted) };
    },
  };
}
