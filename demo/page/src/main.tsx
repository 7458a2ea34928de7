import { start } from "@sockscope/sdk";
import { tokenStore } from "@sockscope/sdk/token";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { threadIdOfTab } from "./chat/thread-id.ts";
import type { ChatEnvironment } from "./chat/use-chat.ts";
import { CHAT_FEEDBACK, VOCABULARY } from "./generated/vocabulary.ts";
import { Measurements } from "./measured/measurements.ts";
import { watchedHost } from "./measured/watched-host.ts";
import { watchedSockscope } from "./measured/watched-sockscope.ts";
import { fetchConfig } from "./page-requests.ts";
import { randomUuid } from "./parts/random-uuid.ts";

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

const watched = watchedSockscope(sockscope, measurements);
const environment: ChatEnvironment = {
  url: `${location.origin.replace("http", "ws")}/ws`,
  threadId: threadIdOfTab(),
  sockscope: watched,
  judged: (verdict) => sockscope.count(CHAT_FEEDBACK, { verdict }),
  refreshAccessToken: tokenStore({ url: "/session/renew", refreshAhead: true }).refreshAccessToken,
  createMessageId: randomUuid,
};

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App environment={environment} measurements={measurements} onDrop={watched.drop} />
    </StrictMode>,
  );
}
