import { chatSocket } from "../socket/chat-socket.ts";
import type { ChatSocket, ChatSocketEvents } from "../socket/chat-socket-interface.ts";
import type { SendOutcome } from "../socket/outbox.ts";
import { tried } from "../socket/report.ts";
import type { ChatSocketOptions } from "../socket/socket-options.ts";
import { FIRST_ATTEMPT, type SocketState } from "../socket/socket-state.ts";

/** A URL, or what makes it of a token. */
export type ChatUrl = string | ((token: string | undefined) => string);

/**
 * What a component needs to know: the options of `chatSocket`, and who is told. Of the functions among them, and of the functions
 * that are told, those that were given last are called; an option that is no function, or that was not there at first, counts
 * from the next mount on. No change reconnects.
 */
export interface UseChatSocketOptions<Received, Sent> extends ChatSocketOptions<Sent> {
  /** Is told of every message. Default: nobody. */
  readonly onMessage?: (message: ChatSocketEvents<Received>["message"]) => void;
  /** Is told of every change of the state. Default: nobody. */
  readonly onState?: (state: SocketState) => void;
  /** Is told of every frame that did not come where it was meant to go. Default: nobody. */
  readonly onDropped?: (dropped: ChatSocketEvents<Received>["dropped"]) => void;
}

/** What a component gives at a render. */
export interface Given<Received, Sent> {
  readonly url: ChatUrl;
  readonly options: UseChatSocketOptions<Received, Sent>;
}

/** The chat socket of a mounted component. Its functions are the same for as long as the component lives. */
export interface ChatHandle<Received, Sent> {
  /** What the component gave last. */
  given: Given<Received, Sent>;
  readonly send: ChatSocket<Received, Sent>["send"];
  readonly reconnect: () => void;
  readonly rendered: (key: string) => () => void;
  readonly onMessage: (listener: (message: ChatSocketEvents<Received>["message"]) => void) => () => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => SocketState;
  /** The component is there until the returned function is called; after that nothing connects, until it is there again. */
  readonly live: () => () => void;
  /** Connects until the returned function is called. */
  readonly mount: () => () => void;
}

/** A handle without a socket. */
export function createChatHandle<Received, Sent>(first: Given<Received, Sent>): ChatHandle<Received, Sent> {
  const stateListeners = new Set<() => void>();
  const messageListeners = new Set<(message: ChatSocketEvents<Received>["message"]) => void>();
  let socket: ChatSocket<Received, Sent> | undefined;
  /** The component is gone, and nothing that comes late brings a socket back. */
  let isGone = false;
  let lives = 0;

  /** An effect of a child comes before those of its parent, and may be the first that wants to send. */
  function connected(): ChatSocket<Received, Sent> | undefined {
    if (socket || isGone) return socket;
    const { url } = handle.given;
    const mine = chatSocket<Received, Sent>(
      typeof url === "string" ? url : (token) => (handle.given.url as Exclude<ChatUrl, string>)(token),
      latestOptions(handle),
    );
    socket = mine;
    follow(mine);
    return mine;
  }

  function follow(mine: ChatSocket<Received, Sent>): void {
    mine.on("message", (message) => {
      tried(() => handle.given.options.onMessage?.(message));
      for (const listener of [...messageListeners]) tried(() => listener(message));
    });
    mine.on("dropped", (dropped) => handle.given.options.onDropped?.(dropped));
    mine.on("state", (state) => {
      // A component that is gone is told nothing.
      if (socket !== mine) return;
      showState();
      handle.given.options.onState?.(state);
    });
  }

  /** First it is nobody's any more, then it ends: nothing that it still says changes a component. */
  function leave(mine: ChatSocket<Received, Sent> | undefined): void {
    if (socket === mine) socket = undefined;
    mine?.close();
  }

  function showState(): void {
    for (const listener of [...stateListeners]) listener();
  }

  const handle: ChatHandle<Received, Sent> = {
    given: first,
    send: (frame): SendOutcome => connected()?.send(frame) ?? "dropped",
    reconnect: () => connected()?.reconnect(),
    rendered: (key) => connected()?.rendered(key) ?? (() => {}),
    onMessage: (listener) => added(messageListeners, (message) => listener(message)),
    subscribe: (listener) => added(stateListeners, () => listener()),
    snapshot: () => socket?.state ?? FIRST_ATTEMPT,
    live: () => {
      isGone = false;
      const mine = ++lives;
      return () => {
        if (mine !== lives) return;
        isGone = true;
        // Also what was made while the component was hidden, of which no effect knows.
        leave(socket);
      };
    },
    mount: () => {
      const mine = connected();
      // Instead of what another URL's socket had.
      showState();
      return () => leave(mine);
    },
  };
  return handle;
}

function added<Listener>(all: Set<Listener>, listener: Listener): () => void {
  all.add(listener);
  return () => void all.delete(listener);
}

/** Options whose functions are always those that the component gave last, of those that it gave at first. */
function latestOptions<Received, Sent>(handle: ChatHandle<Received, Sent>): ChatSocketOptions<Sent> {
  const { heartbeat, ...options } = handle.given.options;
  const latest = Object.entries(options).map(([name, value]) => [
    name,
    typeof value === "function" && name !== "WebSocket"
      ? (...args: unknown[]) =>
          (handle.given.options[name as keyof typeof options] as (...args: unknown[]) => unknown)?.(...args)
      : value,
  ]);
  const ping = (id: number): unknown => {
    const now = handle.given.options.heartbeat;
    return now ? now.ping?.(id) : undefined;
  };
  const beating = heartbeat && { heartbeat: { ...heartbeat, ping } };
  return { ...Object.fromEntries(latest), ...(heartbeat === false ? { heartbeat } : beating) };
}
