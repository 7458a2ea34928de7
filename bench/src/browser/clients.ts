import { chatSocket } from "@sockscope/sdk/socket";
import { Centrifuge } from "centrifuge";
import PartySocket from "partysocket/ws";
import { Socket as PhoenixSocket } from "phoenix";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import useWebSocket from "react-use-websocket";
import ReconnectingWebSocket from "reconnecting-websocket";
import type { AttemptingClient } from "../socket-attempts/attempting-clients.ts";

// A CommonJS module, which a bundler hands over either way.
const useReact = useWebSocket.default ?? (useWebSocket as unknown as typeof useWebSocket.default);
const Reconnecting = ReconnectingWebSocket as unknown as new (url: string) => unknown;
const Party = PartySocket as unknown as new (url: string) => unknown;

/** Each as it is without an option, but for what its user has to say to have it come back at all. */
const CONNECT: Readonly<Record<AttemptingClient, (url: string) => unknown>> = {
  sockscope: (url) => chatSocket(url),
  "reconnecting-websocket": (url) => new Reconnecting(url),
  partysocket: (url) => new Party(url),
  phoenix: (url) => new PhoenixSocket(url).connect(),
  centrifuge: (url) => new Centrifuge(url).connect(),
  "react-use-websocket": (url) => {
    const Connected = (): null => {
      useReact(url, { shouldReconnect: () => true });
      return null;
    };
    createRoot(document.createElement("div")).render(createElement(Connected));
  },
};

const parameters = new URLSearchParams(location.search);
const server = parameters.get("server");
for (const code of parameters.getAll("code"))
  for (const [client, connect] of Object.entries(CONNECT)) connect(`${server}/${client}/${code}`);
