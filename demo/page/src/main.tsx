import { faultsClient } from "@sockscope/demo/faults/client";
import { start } from "@sockscope/sdk";
import { createSnapshots } from "@sockscope/sdk/snapshot";
import { tokenStore } from "@sockscope/sdk/token";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { threadIdOfTab } from "./chat/thread-id.ts";
import type { ChatEnvironment } from "./chat/use-chat.ts";
import { FaultBoard } from "./faults/fault-board.ts";
import { CHAT_FEEDBACK, VOCABULARY } from "./generated/vocabulary.ts";
import { Measurements } from "./measured/measurements.ts";
import { WatchedAttempts } from "./measured/watched-attempts.ts";
import { watchedHost } from "./measured/watched-host.ts";
import { watchedSockscope } from "./measured/watched-sockscope.ts";
import { fetchConfig, REQUEST_TIMEOUT_MS } from "./page-requests.ts";
import { randomUuid } from "./parts/random-uuid.ts";

/** Often, so that there is something to watch; a product keeps the default. */
const FLUSH_INTERVAL_MS = 2000;

// Once per page load, outside React: a component may mount many times, a page is one session.
const measurements = new Measurements();
const attempts = new WatchedAttempts(measurements);
const snapshots = createSnapshots();
const sockscope = start({
  ...(await fetchConfig()),
  ...VOCABULARY,
  flushIntervalMs: FLUSH_INTERVAL_MS,
  host: watchedHost(measurements),
  sinks: [snapshots, attempts],
});

const watched = watchedSockscope(sockscope, attempts, measurements);
const environment: ChatEnvironment = {
  url: `${location.origin.replace("http", "ws")}/ws`,
  threadId: threadIdOfTab(),
  sockscope: watched,
  judged: (verdict) => sockscope.count(CHAT_FEEDBACK, { verdict }),
  refreshAccessToken: tokenStore({ url: "/session/renew", refreshAhead: true }).refreshAccessToken,
  createMessageId: randomUuid,
};

const board = new FaultBoard({
  client: faultsClient(location.origin, { timeoutMs: REQUEST_TIMEOUT_MS }),
  now: Date.now,
  schedule: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  isSeen: () => document.visibilityState === "visible",
});

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App
        environment={environment}
        measurements={measurements}
        snapshot={snapshots.snapshot}
        board={board}
        onDrop={watched.drop}
      />
    </StrictMode>,
  );
}
