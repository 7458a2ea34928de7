import {
  type ClientFrameEvent,
  type ConnectTrigger,
  NO_CLOSE_FRAME,
  NO_STATUS,
  NORMAL_CLOSE,
  type ServerFrameEvent,
} from "@sockscope/catalog/runtime";
import { contain } from "../contain.ts";
import type { Host } from "../host.ts";
import type { Latencies } from "../latency/latencies.ts";
import { listen } from "../listen.ts";
import type { Tell } from "../problems.ts";
import type { CountFrame } from "../record/frame-counter.ts";
import { type Connection, type ConnectionContext, createConnection } from "./connection.ts";
import type { Probe } from "./probe.ts";
import { CLOSED, OPEN, type ShadowedMethod, type SocketLike, shadow, stateOf, urlOf } from "./shadow.ts";

/**
 * What the application knows about a socket.
 *
 * @typeParam Received names of own frames from the server, as `start` was told
 * @typeParam Sent names of own frames to the server, as `start` was told
 */
export interface ObserveOptions<Received extends string = never, Sent extends string = never> {
  /**
   * Why the attempt is made; one that the catalog does not know counts as `other`. Default: `initial` for the first of its
   * episode's key, `backoff` as long as nothing came of those before, else `unspecified`.
   */
  readonly trigger?: ConnectTrigger;
  /**
   * What the connection is for: sockets of one key replace each other, and make up one reconnect episode until one of them
   * holds. Default: the origin and path of the socket's URL; of a client that does not know its URL yet, the client itself.
   */
  readonly episode?: string;
  /**
   * Whether the client answers a close by itself where its code says that it stops, as one that asks for a new token and tries once
   * more: then the user sees a reconnect, and the session is not affected. Default: it never does.
   */
  readonly isAnswered?: (code: number) => boolean;
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
   * Stops: nothing is recorded about how the connection ends, and the socket is left as it was. Does nothing when the
   * connection has ended already. Observed again, the socket is one that is observed late.
   */
  stop(): void;
  /** The client makes no more attempts: ends the reconnect episode of the socket's key. */
  gaveUp(): void;
  /**
   * The client has found the connection, or the attempt, to be over without being told: a heartbeat stayed away, or there is no
   * network. Call it before the client closes the socket itself: it ends as cut.
   */
  lost(): void;
  /** The application wants no connection any more: what goes on for the socket's key is abandoned. */
  unwanted(): void;
}

/** What the page does with an observation. */
export interface SocketObservation extends Observation {
  settle(): void;
  leave(): void;
  comeBack(): void;
}

/** The browser's own socket to which something happened last: a client of many sockets tells of the same within its task. */
export interface Sighting {
  url: string;
  at: number;
}

/** What comes after a sighting within this time, in ms, tells of the same event. */
const SAME_EVENT_MS = 50;

/** What an observation works with. */
export interface ObservationContext extends ConnectionContext {
  readonly host: Host;
  readonly countReceived: CountFrame;
  readonly countSent: CountFrame;
  readonly latencies: Latencies;
  readonly tell: Tell;
  readonly probe: Probe | undefined;
  /** Every observation of which something may still be recorded without an event, or of a client that may go on. */
  readonly active: Set<SocketObservation>;
  /** Whether the page left, and has not come back. */
  readonly isAway: () => boolean;
  readonly lastSighting: Sighting;
  /** The observation has stopped for good. */
  readonly whenStopped: () => void;
}

/**
 * Records the life of one socket, from its events and its own calls of `send` and `close`. An attempt and its durations
 * are recorded only if they are seen from their beginning; a socket that is already closing or closed records nothing.
 *
 * What is no browser's own `WebSocket` may open sockets of its own and go on after a close: it is followed connection by
 * connection. When its later attempts begin is not to be seen, so those have no connect duration. A client whose own sockets
 * turn out to be observed is not followed as well.
 *
 * On a fault, takes back what was begun and throws.
 */
export function observeSocket(
  socket: SocketLike,
  { trigger, receivedEvent, sentEvent, isAnswered }: ObserveOptions<string, string>,
  page: ObservationContext,
): SocketObservation {
  const context: ObservationContext = {
    ...page,
    isAnswered: (code) => isAnswered?.(code) ?? false,
  };
  const { host, clock, recorder, countReceived, countSent, latencies, endpoint } = context;
  const { active, tell, probe, lastSighting } = context;
  const isOwn = isBrowsersOwn(socket);
  const undo: (() => void)[] = [];
  let connection: Connection | undefined;
  let hasFailed = false;
  /** With what the page closed a client that makes up codes. */
  let pagesCode: unknown;
  let isClosedByPage = false;
  let wasClosed = false;

  /** The connection that an event is about; a new one where a client goes on after the last one ended. */
  function current(): Connection {
    if (connection) return connection;
    isClosedByPage = false;
    active.add(observation);
    connection = createConnection(context, "backoff", "unseen attempt");
    return connection;
  }

  function attach(): void {
    onEvent("open", opened);
    onEvent("message", ({ data }: MessageEvent) => {
      current().received();
      latencies.received(countReceived(data, receivedEvent), data);
    });
    onEvent("close", isOwn ? ({ code }: CloseEvent) => closed(code) : closeLater);
    onCall("send", (frame, state) => {
      // What a client is given while it has no connection, it keeps for the next one; a browser throws it away.
      if (state <= OPEN || !isOwn) latencies.sent(countSent(frame, sentEvent), frame);
    });
    onCall("close", (code, state) => {
      if (!(state <= OPEN)) {
        // In the backoff of a client, nothing closes, and nothing is wanted any more.
        if (!connection && !isOwn) endpoint.unwanted();
        return;
      }
      pagesCode = code;
      current().closing();
      isClosedByPage = true;
    });
    if (isOwn) return;
    onEvent("error", () => {
      hasFailed = true;
    });
    if (typeof (socket as { readonly reconnect?: unknown }).reconnect === "function")
      onCall("reconnect", () => connection?.closing());
  }

  /** A shadow outlives the observation when another library wrapped it, and a listener that cannot be removed. */
  function whileRecording<Args extends unknown[]>(action: (...args: Args) => void): (...args: Args) => void {
    return contain(recorder, (...args: Args) => {
      if (undo.length > 0) action(...args);
    });
  }

  function closed(code: number): void {
    see();
    try {
      current().closed(code);
    } finally {
      end();
    }
  }

  /**
   * Clients make up a close just before they tell of an error, or within their own `close`: what it was is known when the
   * task is over. The code that partysocket makes up is no number; no code at all is what 1005 stands for.
   */
  function closeLater({ code = NO_STATUS }: { readonly code?: unknown }): void {
    if (isSeenAlready()) return;
    const ending = current();
    hasFailed = false;
    const over = contain(recorder, () => {
      // A client that the page closed goes on only when it is told to, which is seen.
      if (isClosedByPage) active.delete(observation);
      connection = undefined;
      ending.closed(hasFailed ? NO_CLOSE_FRAME : Number(code) || Number(pagesCode) || NORMAL_CLOSE);
      pagesCode = undefined;
    });
    void Promise.resolve().then(over);
  }

  function onEvent<E extends Event>(type: string, listener: (event: E) => void): void {
    undo.push(listen(socket as unknown as EventTarget, type, whileRecording(listener)));
  }

  function onCall(method: ShadowedMethod, called: (argument: unknown, state: number) => void): void {
    try {
      undo.push(shadow(socket, method, whileRecording(called)));
    } catch {
      recorder.lose("internal");
      tell("SOCKSCOPE_ERR_SOCKET", `a socket lets nobody see its ${method}`);
    }
  }

  function opened(): void {
    if (isOwn) see();
    else if (isSeenAlready()) return;
    const opening = current();
    opening.opened();
    // A page that left while it connected is back.
    if (!context.isAway()) opening.comeBack();
    probe?.opened(urlOf(socket));
    // A close in this very task is a mount that was undone, or a page that changed its mind.
    host.setTimeout(opening.openingIsOver, 0);
  }

  function see(): void {
    lastSighting.url = urlOf(socket);
    lastSighting.at = clock.now();
  }

  /** Whether the socket is observed with which a client does what it tells; then the client is not followed any more. */
  function isSeenAlready(): boolean {
    const { url, at } = lastSighting;
    const isSeen = url !== "" && url === urlOf(socket) && clock.now() - at < SAME_EVENT_MS;
    if (isSeen) {
      end();
      tell(
        "SOCKSCOPE_ERR_SOCKET",
        "a client's own sockets are observed, or others of its URL are; it is not followed any more, so that nothing counts twice",
      );
    }
    return isSeen;
  }

  function settle(): void {
    seeState();
    connection?.settle();
  }

  function leave(): void {
    seeState();
    connection?.leave();
  }

  function comeBack(): void {
    if (connection && stateOf(socket) === OPEN) connection.comeBack();
  }

  /** Another listener may have kept the event from us. */
  function seeState(): void {
    if (!connection?.isLive()) return;
    const state = stateOf(socket);
    if (state === OPEN) connection.opened();
    // The event itself may be on its way to us just now.
    else if (state === CLOSED && wasClosed && isOwn) {
      recorder.lose("internal");
      tell("SOCKSCOPE_ERR_SOCKET", "somebody keeps the close event of a socket to himself");
      connection.vanished();
      end();
    }
    wasClosed = state === CLOSED;
  }

  /** Ends the observation with the connection. */
  function end(): void {
    active.delete(observation);
    connection?.drop();
    for (const takeBack of undo.splice(0)) contain(recorder, takeBack)();
  }

  function stop(): void {
    context.whenStopped();
    end();
  }

  const observation: SocketObservation = {
    settle,
    leave,
    comeBack,
    stop,
    gaveUp: contain(recorder, endpoint.gaveUp),
    unwanted: contain(recorder, endpoint.unwanted),
    lost: contain(recorder, () => {
      if (undo.length > 0) closed(NO_CLOSE_FRAME);
    }),
  };
  if (socket.readyState > OPEN && isOwn) return observation;
  try {
    attach();
    active.add(observation);
    if (socket.readyState <= OPEN) {
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

/**
 * Whether a socket is one connection, and nothing comes after its close: by its brand, since a page may put a client of many
 * sockets in the constructor's place, and another frame has a constructor of its own.
 */
function isBrowsersOwn(socket: SocketLike): boolean {
  return Object.prototype.toString.call(socket) === "[object WebSocket]";
}
