import type { ClientFrameEvent, ConnectTrigger, ServerFrameEvent } from "@sockscope/catalog/runtime";
import { contain } from "../contain.ts";
import type { Host } from "../host.ts";
import type { Latencies } from "../latency/latencies.ts";
import { listen } from "../listen.ts";
import type { Tell } from "../problems.ts";
import type { CountFrame } from "../record/frame-counter.ts";
import { type Connection, type ConnectionContext, createConnection } from "./connection.ts";
import type { Probe } from "./probe.ts";
import { OPEN, type SocketLike, shadow, stateOf } from "./shadow.ts";

/** See {@link https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 | RFC 6455, 7.4.1}. */
const NORMAL_CLOSE = 1000;
const NO_STATUS = 1005;
const NO_CLOSE_FRAME = 1006;

/**
 * What the application knows about a socket.
 *
 * @typeParam Received names of own frames from the server, as `start` was told
 * @typeParam Sent names of own frames to the server, as `start` was told
 */
export interface ObserveOptions<Received extends string = never, Sent extends string = never> {
  /**
   * Why the attempt is made; one that the catalog does not know counts as `other`. Default: `initial` for the first of its
   * episode's key, `backoff` while an episode lasts, else `unspecified`.
   */
  readonly trigger?: ConnectTrigger;
  /**
   * What the connection is for: sockets of one key replace each other, and make up one reconnect episode until one of them
   * holds. Default: the origin and path of the socket's URL; of a client that does not know its URL yet, the client itself.
   */
  readonly episode?: string;
  /**
   * Names a received frame. Default: what its JSON opens with, the `event` behind the `type`, else the `type`. A name that
   * neither the catalog has nor `start` was told counts as `other`.
   */
  readonly receivedEvent?: (frame: unknown) => ServerFrameEvent | Received;
  /** Names a sent frame. Default: as for `receivedEvent`. */
  readonly sentEvent?: (frame: unknown) => ClientFrameEvent | Sent;
}

/** The recording of one socket. */
export interface Observation {
  /**
   * Stops for good: nothing is recorded about how the connection ends, and the socket is left as it was. Does nothing
   * when the connection has ended already.
   */
  stop(): void;
  /** The client makes no more attempts: ends the reconnect episode of the socket's key. */
  gaveUp(): void;
}

/** What the page does with an observation. */
export interface SocketObservation extends Observation {
  settle(): void;
  leave(): void;
}

/** What an observation works with. */
export interface ObservationContext extends ConnectionContext {
  readonly host: Host;
  readonly countReceived: CountFrame;
  readonly countSent: CountFrame;
  readonly latencies: Latencies;
  readonly tell: Tell;
  readonly probe: Probe | undefined;
  /** Every observation of which something may still be recorded without an event. */
  readonly active: Set<SocketObservation>;
}

/**
 * Records the life of one socket, from its events and its own calls of `send` and `close`. An attempt and its durations
 * are recorded only if they are seen from their beginning; a socket that is already closing or closed records nothing.
 *
 * What is no browser's own `WebSocket` may open sockets of its own and go on after a close: it is followed connection by
 * connection. When its later attempts begin is not to be seen, so those have no connect duration.
 *
 * On a fault, takes back what was begun and throws.
 */
export function observeSocket(
  socket: SocketLike,
  { trigger, receivedEvent, sentEvent }: ObserveOptions<string, string>,
  context: ObservationContext,
): SocketObservation {
  const { host, recorder, countReceived, countSent, latencies, endpoint, active, tell, probe } = context;
  const undo: (() => void)[] = [];
  let connection: Connection | undefined;
  let hasFailed = false;

  /** The connection that an event is about; a new one where a client goes on after the last one ended. */
  function current(): Connection {
    active.add(observation);
    connection ??= createConnection(context, "backoff", "unseen attempt");
    return connection;
  }

  function attach(): void {
    onEvent("open", opened);
    onEvent("message", ({ data }: MessageEvent) => {
      current().received();
      latencies.received(countReceived(data, receivedEvent), data);
    });
    onEvent("close", ({ code }: CloseEvent) => {
      if (isBrowsersOwn(socket)) {
        current().closed(code);
        stop();
      } else closeLater(code);
    });
    if (!isBrowsersOwn(socket))
      onEvent("error", () => {
        hasFailed = true;
      });
    onCall("send", (frame) => {
      latencies.sent(countSent(frame, sentEvent), frame);
    });
    onCall("close", () => current().closing());
  }

  /** A shadow outlives the observation when another library wrapped it, and a listener that cannot be removed. */
  function whileRecording<T>(action: (argument: T) => void): (argument: T) => void {
    return contain(recorder, (argument: T) => {
      if (undo.length > 0) action(argument);
    });
  }

  /**
   * Clients make up a close just before they tell of an error, or within their own `close`: what it was is known when the
   * task is over. The code that partysocket makes up is no number; no code at all is what 1005 stands for.
   */
  function closeLater(code: unknown = NO_STATUS): void {
    const ending = current();
    hasFailed = false;
    const over = contain(recorder, () => {
      active.delete(observation);
      connection = undefined;
      ending.closed(hasFailed ? NO_CLOSE_FRAME : Number(code) || NORMAL_CLOSE);
    });
    void Promise.resolve().then(over);
  }

  function onEvent<E extends Event>(type: string, listener: (event: E) => void): void {
    undo.push(listen(socket, type, whileRecording(listener)));
  }

  function onCall(method: "send" | "close", called: (argument: unknown) => void): void {
    try {
      undo.push(shadow(socket, method, whileRecording(called)));
    } catch {
      recorder.lose("internal");
      tell("SOCKSCOPE_ERR_SOCKET", `a socket lets nobody see its ${method}`);
    }
  }

  function opened(): void {
    const opening = current();
    opening.opened();
    probe?.opened();
    // A close in this very task is a mount that was undone, or a page that changed its mind.
    host.setTimeout(opening.openingIsOver, 0);
  }

  function settle(): void {
    seeState();
    connection?.settle();
  }

  function leave(): void {
    seeState();
    connection?.leave();
  }

  /** Another listener may have kept the event from us. */
  function seeState(): void {
    if (connection?.isLive() && stateOf(socket) === OPEN) connection.opened();
  }

  function stop(): void {
    active.delete(observation);
    connection?.drop();
    for (const takeBack of undo.splice(0)) contain(recorder, takeBack)();
  }

  const observation: SocketObservation = { settle, leave, stop, gaveUp: contain(recorder, endpoint.gaveUp) };
  if (socket.readyState > OPEN && isBrowsersOwn(socket)) return observation;
  try {
    attach();
    if (socket.readyState <= OPEN) {
      active.add(observation);
      const isOpen = socket.readyState === OPEN;
      connection = createConnection(
        context,
        trigger ?? endpoint.likelyTrigger(),
        isOpen ? "open" : "attempt",
      );
    }
  } catch (fault) {
    stop();
    throw fault;
  }
  return observation;
}

/** Whether a socket is one connection, and nothing comes after its close. */
function isBrowsersOwn(socket: SocketLike): boolean {
  const { WebSocket: browsersOwn } = globalThis as { readonly WebSocket?: typeof WebSocket };
  return browsersOwn !== undefined && socket instanceof browsersOwn;
}
