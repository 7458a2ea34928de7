import {
  CLOSES,
  CONNECT_ATTEMPTS,
  type ConnectTrigger,
  closeCodeLabel,
  type EndedBy,
  FRAMES_RECEIVED,
  FRAMES_SENT,
  frameEvent,
  STABLE_UPTIME_MS,
  WITHOUT_CLOSE_FRAME,
} from "@sockscope/catalog/runtime";
import { labelOf, policyOf } from "../close-codes.ts";
import type { Measurements } from "./measurements.ts";

const CONNECTING = 0;
const OPEN = 1;

/**
 * Lists what the SDK records about a socket. It looks at the same events, not into the SDK: the panel shows what
 * happened and where it counts, and the collector's numbers can be held against it. How an attempt is counted is decided
 * later than it opens, by the SDK.
 */
export function watchSocket(socket: WebSocket, trigger: ConnectTrigger, measurements: Measurements): void {
  const startedAt = performance.now();
  let hasOpened = false;
  let isOurEnd = false;
  socket.addEventListener("open", () => {
    hasOpened = true;
    const connectMs = Math.max(1, Math.round(performance.now() - startedAt));
    const decided = `decided at the first frame, or after ${STABLE_UPTIME_MS / 1000} s`;
    measurements.addEvent(`Open after ${connectMs} ms, ${trigger}`, decided, "good", { connectMs });
  });
  socket.addEventListener("message", ({ data }: MessageEvent) => {
    const framesReceived = measurements.snapshot().framesReceived + 1;
    const event = frameEvent(data);
    measurements.addEvent(`Received ${event}`, FRAMES_RECEIVED.name, "neutral", { framesReceived });
  });
  socket.addEventListener("close", ({ code }) => {
    if (hasOpened) listClose(code, endedBy(code, isOurEnd), measurements);
    else if (isOurEnd) measurements.addEvent(`Given up, ${trigger}`, CONNECT_ATTEMPTS.name, "neutral");
    else measurements.addEvent(`Never opened, ${labelOf(code)}, ${trigger}`, CLOSES.name, "bad");
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
