import { start } from "@sockscope/sdk";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { ChatClient } from "./chat-client.ts";
import { CHAT_FEEDBACK, VOCABULARY } from "./generated/vocabulary.ts";
import { Measurements } from "./measurements.ts";
import { fetchConfig, renewSession } from "./page-requests.ts";
import { randomUuid } from "./random-uuid.ts";
import { threadIdOfTab } from "./thread-id.ts";
import { type WatchedSocket, watchSentFrame, watchSocket } from "./watch-socket.ts";
import { watchedHost } from "./watched-host.ts";

/** Often, so that there is something to watch; a product keeps the default. */
const FLUSH_INTERVAL_MS = 2000;

// Once per page load, outside React: a component may mount many times, a page is one session.
const measurements = new Measurements();
const sockscope = start({
  ...(await fetchConfig()),
  ...VOCABULARY,
  flushIntervalMs: FLUSH_INTERVAL_MS,
  host: watchedHost(measurements),
});

const watched = new WeakMap<WebSocket, WatchedSocket>();
const client = new ChatClient({
  threadId: threadIdOfTab(),
  openSocket: (trigger) => {
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/ws`);
    sockscope.observe(socket, { trigger });
    watched.set(socket, watchSocket(socket, trigger, measurements));
    return socket;
  },
  frameSent: (text) => watchSentFrame(text, measurements),
  judged: (verdict) => sockscope.count(CHAT_FEEDBACK, { verdict }),
  closing: (socket) => watched.get(socket)?.closing(),
  renewSession,
  createMessageId: randomUuid,
  random: Math.random,
  schedule: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
});

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App client={client} measurements={measurements} />
    </StrictMode>,
  );
}
