import { createClient } from "graphql-ws";
import PartySocket from "partysocket/ws";
import { Socket as PhoenixSocket } from "phoenix";
import ReconnectingWebSocket from "reconnecting-websocket";
import { io, WebSocket as WebSocketTransport } from "socket.io-client";
import type { ClientName } from "../testing/clients.test-support.ts";

/** Nobody waits for long here, and no slow machine is taken for a dead server. */
const RETRY_MS = 100;
const PATIENT_MS = 60_000;
const EXPIRED = 4401;

/** How an application goes on when its user has signed in again. */
type SignIn = () => void;

/** Connects, and tells when the session has expired and the client makes no attempt any more. */
type Connect = (url: string, expired: () => void) => SignIn;

/** For clients that take a constructor: sockets that are observed from their first moment. */
class ObservedWebSocket extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args);
    sockscope.observe(this);
  }
}

/** What reconnecting-websocket and partysocket have in common. */
type ReturningClient = new (
  url: () => Promise<string>,
  protocols: string[],
  options: { readonly minReconnectionDelay: number; readonly connectionTimeout: number },
) => WebSocket;

/** Both know no close codes and always come back; what they can wait for is the URL, with its new token. */
function returning(Client: unknown): Connect {
  return (url, expired) => {
    let signIn: SignIn = () => {};
    let signedIn = Promise.resolve();
    const fresh = async (): Promise<string> => {
      await signedIn;
      return url;
    };
    const client = new (Client as ReturningClient)(fresh, [], {
      minReconnectionDelay: RETRY_MS,
      connectionTimeout: PATIENT_MS,
    });
    sockscope.observe(client);
    client.addEventListener("close", ({ code }) => {
      if (code !== EXPIRED) return;
      signedIn = new Promise((resolve) => {
        signIn = resolve;
      });
      expired();
    });
    return () => signIn();
  };
}

class ObservedTransport extends WebSocketTransport {
  override createSocket(...args: Parameters<WebSocketTransport["createSocket"]>): WebSocket {
    const socket = super.createSocket(...args) as WebSocket;
    sockscope.observe(socket);
    return socket;
  }
}

const CLIENTS: Readonly<Record<ClientName, Connect>> = {
  "reconnecting-websocket": returning(ReconnectingWebSocket),
  partysocket: returning(PartySocket),
  "socket.io": (url, expired) => {
    const client = io(url.replace("ws:", "http:"), {
      transports: [ObservedTransport],
      reconnectionDelay: RETRY_MS,
    });
    client.on("disconnect", (_reason, details) => {
      const { code } = (details as unknown as { context: CloseEvent }).context;
      if (code !== EXPIRED) return;
      client.disconnect();
      expired();
    });
    return () => client.connect();
  },
  "graphql-ws": (url, expired) => {
    const client = createClient({
      url,
      webSocketImpl: ObservedWebSocket,
      // Otherwise it gives up where a handshake fails.
      shouldRetry: () => true,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, RETRY_MS)),
    });
    const subscribe = (): void => {
      client.subscribe({ query: "subscription { ticks }" }, { next() {}, error() {}, complete() {} });
    };
    client.on("closed", (event) => {
      if ((event as CloseEvent).code === EXPIRED) expired();
    });
    subscribe();
    return subscribe;
  },
  phoenix: (url, expired) => {
    const client = new PhoenixSocket(url, {
      transport: ObservedWebSocket,
      reconnectAfterMs: () => RETRY_MS,
      rejoinAfterMs: () => RETRY_MS,
    });
    client.onClose(({ code }) => {
      if (code === EXPIRED) client.disconnect(expired);
    });
    client.connect();
    client.channel("room:1").join();
    return () => client.connect();
  },
};

let signIn: SignIn = () => {};
globalThis.connectWith = (name, url) => {
  globalThis.expired = new Promise((resolve) => {
    signIn = CLIENTS[name](url, () => resolve());
  });
};
globalThis.signInAgain = () => signIn();
