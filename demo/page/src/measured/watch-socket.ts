import {
  CLOSES,
  closeCodeLabel,
  type EndedBy,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  frameEvent,
  WITHOUT_CLOSE_FRAME,
} from "@sockscope/catalog/runtime";
import { labelOf, policyOf } from "../close-codes.ts";
import type { Measurements } from "./measurements.ts";
import type { WatchedAttempts } from "./watched-attempts.ts";

const CONNECTING = 0;
const OPEN = 1;

/**
 * Lists what the SDK records about a socket. It looks at the same events, not into the SDK: the panel shows what
 * happened and where it counts, and the collector's numbers can be held against it. Call it after the SDK observes the
 * socket, so that an attempt is decided before its close is listed.
 */
export function watchSocket(socket: WebSocket, attempts: WatchedAttempts, measurements: Measurements): void {
  const startedAt = performance.now();
  let hasOpened = false;
  let isOurEnd = false;
  attempts.begin();
  socket.addEventListener("open", () => {
    hasOpened = true;
    const connectMs = Math.max(1, Math.round(performance.now() - startedAt));
    measurements.connectedAfter(connectMs);
    attempts.opened(connectMs);
  });
  socket.addEventListener("message", ({ data }: MessageEvent) => {
    const framesReceived = measurements.snapshot().framesReceived + 1;
    const event = frameEvent(data);
    measurements.addEvent(`Received ${event}`, FRAMES_RECEIVED.name, "neutral", { framesReceived });
  });
  socket.addEventListener("close", ({ code }) => {
    if (hasOpened) listClose(code, endedBy(code, isOurEnd), measurements);
    else if (!isOurEnd) measurements.addEvent(`Closed ${labelOf(code)}, never opened`, CLOSES.name, "bad");
  });
  const close = socket.close.bind(socket);
  const send = socket.send.bind(socket);
  // A socket has no event for what the page itself does.
  socket.close = (...args) => {
    isOurEnd ||= socket.readyState === CONNECTING || socket.readyState === OPEN;
    close(...args);
  };
  socket.send = (frame) => {
    send(frame);
    listSentFrame(frame, measurements);
  };
}

function endedBy(code: number, isOurEnd: boolean): EndedBy {
  if (isOurEnd) return "page";
  return WITHOUT_CLOSE_FRAME.includes(closeCodeLabel(code)) ? "network" : "peer";
}

function listClose(code: number, by: EndedBy, measurements: Measurements): void {
  const isFelt = by !== "page" && policyOf(code).userSees !== "nothing";
  measurements.addEvent(`Closed ${labelOf(code)}, ended by ${by}`, CLOSES.name, isFelt ? "bad" : "neutral");
}

function listSentFrame(frame: unknown, measurements: Measurements): void {
  const framesSent = measurements.snapshot().framesSent + 1;
  const event = frameEvent(frame);
  measurements.addEvent(`Sent ${event}`, FRAMES_SENT.name, "neutral", { framesSent });
}
