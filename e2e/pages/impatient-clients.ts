import { observedWebSocket } from "@sockscope/sdk/instrument";
import PartySocket from "partysocket/ws";
import ReconnectingWebSocket from "reconnecting-websocket";

/** Bundlers find the class itself; Node's rules, by which this is compiled, find the CommonJS module that has it. */
const Reconnecting = ReconnectingWebSocket as unknown as typeof ReconnectingWebSocket.default;

/** Clients that give up an attempt sooner than the SDK calls it timed out, each as our documentation says to observe it. */
const CLIENTS = {
  "reconnecting-websocket, constructor": (url: string, options: object) =>
    void new Reconnecting(url, [], { ...options, WebSocket: observedWebSocket(sockscope) }),
  "partysocket, constructor": (url: string, options: object) =>
    void new PartySocket(url, [], { ...options, WebSocket: observedWebSocket(sockscope) }),
  "reconnecting-websocket, followed": (url: string, options: object) =>
    void sockscope.observe(new Reconnecting(url, [], options)),
  "partysocket, followed": (url: string, options: object) =>
    void sockscope.observe(new PartySocket(url, [], options)),
} as const;

declare global {
  /** In a page with impatient clients: connects with one of them. */
  function connectImpatiently(client: keyof typeof CLIENTS, url: string, options: object): void;
}

globalThis.connectImpatiently = (client, url, options) => CLIENTS[client](url, options);
