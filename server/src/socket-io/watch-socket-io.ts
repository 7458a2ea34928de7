import { hasCredentials, type UpgradeRequest } from "../handshake/credentials.ts";
import type { WatchHandshakesOptions } from "../handshake/watch-handshakes.ts";
import type { ServerInstrumentation } from "../instrument-server.ts";

/** What engine.io tells of a connection that it refuses. */
interface ConnectionError {
  readonly req: UpgradeRequest & { readonly _query?: Readonly<Record<string, unknown>> };
  readonly code: number;
}

/** The part of a server of socket.io that is used. */
export interface EngineServer {
  readonly engine: { on(event: "connection_error", listener: (error: ConnectionError) => void): unknown };
}

/** engine.io's code of a request that `allowRequest` refused. */
const FORBIDDEN = 4;

/**
 * Counts every handshake that socket.io refuses. Use it instead of `watchHandshakes`, which would count upgrades twice and polling
 * not at all. What a middleware of a namespace refuses is refused inside of an open connection, and is not counted here.
 */
export function watchSocketIo(
  instrumentation: ServerInstrumentation,
  server: EngineServer,
  { hasCredentials: carriesCredentials = hasCredentials }: WatchHandshakesOptions = {},
): void {
  server.engine.on("connection_error", ({ req, code }) => {
    // A session that this server does not know any more is no handshake: a client polls on past a restart.
    if (req._query?.["sid"] !== undefined) return;
    instrumentation.handshakeRejected({ status: statusOf(req, code), credentials: carriesCredentials(req) });
  });
}

/** As engine.io answers: an upgrade with 400 always, a request that polls with 403 where it is forbidden. */
function statusOf({ headers }: UpgradeRequest, code: number): number {
  return code === FORBIDDEN && headers.upgrade === undefined ? 403 : 400;
}
