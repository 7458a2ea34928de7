/** Where a bench's page finds what it works with: its own address says it. */
const { searchParams } = new URL(location.href);

/** The collector to send to. */
export const COLLECTOR: string = searchParams.get("collector") ?? "";

/** How often the page says something, in ms; 0 for never. */
const SAY_EVERY_MS = Number(searchParams.get("say"));

/** Every so many frames is a ping. */
const PING_EVERY = 10;

/**
 * Connects to the chat and reads every frame, as any chat has to.
 *
 * @param observe gets the socket before anything happens to it
 */
export function chat(observe: (socket: WebSocket) => void): void {
  const socket = new WebSocket(searchParams.get("chat") ?? "");
  observe(socket);
  socket.addEventListener("message", ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.type === "last") socket.send('{"type":"seen"}');
  });
  if (SAY_EVERY_MS > 0) setInterval(() => say(socket), SAY_EVERY_MS);
}

let said = 0;

function say(socket: WebSocket): void {
  said++;
  socket.send(
    JSON.stringify(
      said % PING_EVERY === 0
        ? { type: "ping", id: said }
        : {
            type: "chat_message",
            event: "user_message",
            thread_id: "thread-1",
            payload: { text: "A question." },
            meta: { message_id: `message-${said}` },
          },
    ),
  );
}
