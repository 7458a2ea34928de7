import { start } from "@sockscope/sdk";
import { received, sent } from "./frames.ts";
import { ORDER_CONFIRMATION_SECONDS, ORDERS_PLACED, VOCABULARY } from "./generated/vocabulary.ts";

const sockscope = start({
  ...VOCABULARY,
  collector: document.body.dataset["collector"] ?? "",
  app: "exchange",
  release: "1.1.0",
  flushIntervalMs: 500,
});

function connect(trigger: "initial" | "backoff"): void {
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/orders`, ["bearer.secret"]);
  sockscope.observe(socket, { trigger, receivedEvent: received, sentEvent: sent });
  let placedAt = 0;
  socket.addEventListener("open", () => {
    placedAt = performance.now();
    socket.send('{"kind":"msg","about":"order"}');
    sockscope.count(ORDERS_PLACED, { side: "buy" });
  });
  socket.addEventListener("message", () => {
    sockscope.record(ORDER_CONFIRMATION_SECONDS, (performance.now() - placedAt) / 1000, {});
  });
  socket.addEventListener("close", ({ code }) => {
    document.title = `closed ${code}`;
    if (code === 4008) connect("backoff");
  });
}

connect("initial");
