import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Clients that applications use. */
export const CLIENT_NAMES = [
  "reconnecting-websocket",
  "partysocket",
  "socket.io",
  "graphql-ws",
  "phoenix",
] as const;
/** A value of {@link CLIENT_NAMES}. */
export type ClientName = (typeof CLIENT_NAMES)[number];

declare global {
  /** In a page with the clients: connects with one of them, which the page's SDK observes. */
  function connectWith(client: ClientName, url: string): void;
  /** In a page with the clients: resolves when the session has expired and the client makes no attempt. */
  var expired: Promise<void>;
  /** In a page with the clients: what the application does when its user has signed in again. */
  function signInAgain(): void;
}

/** A script of `e2e/pages/` with everything that it imports, for a `<script>` or a worker. */
export async function bundle(page: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../pages/${page}`, import.meta.url))],
    bundle: true,
    format: "iife",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
