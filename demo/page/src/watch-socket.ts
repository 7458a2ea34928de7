import {
  CLIENT_FRAME_EVENTS,
  CLOSES,
  CONNECT_ATTEMPTS,
  CONNECT_DURATION,
  type ConnectTrigger,
  closeCodeLabel,
  closePolicy,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  frameEvent,
  SERVER_FRAME_EVENTS,
} from "@sockscope/catalog/runtime";
import type { Measurements } from "./measurements.ts";

/**
 * Lists what the SDK records about a socket. It looks at the same events, not into the SDK: the panel shows what
 * happened, and the collector's numbers can be held against it.
 */
export function watchSocket(socket: WebSocket, trigger: ConnectTrigger, measurements: Measurements): void {
  const startedAt = performance.now();
  let hasOpened = false;
  socket.addEventListener("open", () => {
    hasOpened = true;
    const connectMs = Math.max(1, Math.round(performance.now() - startedAt));
    measurements.addEvent(`Connected in ${connectMs} ms, ${trigger}`, CONNECT_DURATION.name, "good", {
      connectMs,
    });
  });
  socket.addEventListener("message", ({ data }: MessageEvent) => {
    const framesReceived = measurements.snapshot().framesReceived + 1;
    const event = frameEvent(data, SERVER_FRAME_EVENTS);
    measurements.addEvent(`Received ${event}`, FRAMES_RECEIVED.name, "neutral", { framesReceived });
  });
  socket.addEventListener("close", ({ code }) => {
    const phase = hasOpened ? "opened" : "never opened";
    const tone = closePolicy(code).userSees === "nothing" ? "neutral" : "bad";
    if (!hasOpened) measurements.addEvent(`Attempt failed, ${trigger}`, CONNECT_ATTEMPTS.name, tone);
    measurements.addEvent(`Closed ${closeCodeLabel(code)}, ${phase}`, CLOSES.name, tone);
  });
}

/** Lists a frame that was sent; a socket has no event for it. */
export function watchSentFrame(text: string, measurements: Measurements): void {
  const framesSent = measurements.snapshot().framesSent + 1;
  const event = frameEvent(text, CLIENT_FRAME_EVENTS);
  measurements.addEvent(`Sent ${event}`, FRAMES_SENT.name, "neutral", { framesSent });
}
