import { type ConnectTrigger, NO_CLOSE_FRAME, NORMAL_CLOSE } from "@sockscope/catalog/runtime";
import { listen } from "../listen.ts";
import type { ClientNotice } from "../notices.ts";
import type { FrameData } from "./outbox.ts";
import type { TokenRequest } from "./token-request.ts";

/** As much of a browser's `WebSocket` as a chat needs. */
export type ChatWebSocket = Pick<
  WebSocket,
  "readyState" | "url" | "send" | "close" | "addEventListener" | "removeEventListener"
>;

/** What a link is made with. */
export interface LinkContext {
  /** Undefined where no token is needed. */
  readonly fetchToken: ((request: TokenRequest) => unknown) | undefined;
  /** May throw. */
  readonly open: (token: string | undefined) => ChatWebSocket;
  readonly observe: (socket: ChatWebSocket, trigger: ConnectTrigger) => void;
  /** An attempt has ended without one. */
  readonly attempted: (trigger: ConnectTrigger) => void;
  readonly notice: (what: ClientNotice) => void;
}

/** What a link tells, as long as it is the current one. */
export interface LinkEvents {
  token(): void;
  noToken(error: unknown): void;
  opened(): void;
  message(data: unknown): void;
  ended(code: number, reason: string): void;
}

/** One attempt, and the connection that comes of it. */
export interface Link {
  /** Whether the frame was handed to an open socket. */
  send(data: FrameData): boolean;
  /**
   * It is not the current one any more: nothing that comes of it counts, and it ends.
   *
   * @param isLate whether it took too long
   * @param code what the peer is told
   */
  leave(isLate: boolean, code: number): void;
  /** Whether the socket is gone, whether it said so or not. */
  isGone(): boolean;
  /** Whether anything was begun: what is given up before that never was an attempt. */
  hasBegun(): boolean;
}

const OPEN = 1;

/**
 * Fetches a token and then opens a socket with it. Nothing happens before the caller's task is over, so whoever changes his mind
 * within it, as React's StrictMode does, has not even asked for a token.
 */
export function createLink(
  { fetchToken, open, observe, attempted, notice }: LinkContext,
  { trigger, isForced }: { readonly trigger: ConnectTrigger; readonly isForced: boolean },
  events: LinkEvents,
): Link {
  const abort = new AbortController();
  let socket: ChatWebSocket | undefined;
  let isLeft = false;
  let isFetching = false;
  let hasBegun = false;

  async function connect(): Promise<void> {
    await undefined;
    if (isLeft) return;
    hasBegun = true;
    if (!fetchToken) return opens(undefined);
    isFetching = true;
    let token: unknown;
    try {
      token = await fetchToken({ signal: abort.signal, isForced });
    } catch (error) {
      if (fetched("token refresh failed")) failed(error);
      return;
    }
    if (fetched("token refresh succeeded")) opens(token as string | undefined);
  }

  /** Whether anybody still wants what was fetched. */
  function fetched(how: ClientNotice): boolean {
    if (isLeft) return false;
    isFetching = false;
    notice(how);
    return true;
  }

  function failed(error: unknown): void {
    attempted(trigger);
    events.noToken(error);
  }

  function opens(token: string | undefined): void {
    events.token();
    try {
      socket = open(token);
    } catch (error) {
      failed(error);
      return;
    }
    // A callback that made the URL may have changed everything.
    if (isLeft) end(socket, NORMAL_CLOSE);
    else {
      observe(socket, trigger);
      attach(socket);
    }
  }

  function attach(target: ChatWebSocket): void {
    const undo = [
      listen<Event>(target as unknown as EventTarget, "open", () => isLeft || events.opened()),
      // Some implementations throw an error that nobody listens to.
      listen(target as unknown as EventTarget, "error", () => {}),
      listen<MessageEvent>(target as unknown as EventTarget, "message", ({ data }) => {
        if (isLeft) notice("stale frame dropped");
        else events.message(data);
      }),
      listen<CloseEvent>(target as unknown as EventTarget, "close", ({ code = NO_CLOSE_FRAME, reason }) => {
        for (const remove of undo) remove();
        if (!isLeft) events.ended(code, String(reason ?? ""));
      }),
    ];
  }

  function send(data: FrameData): boolean {
    if (socket?.readyState !== OPEN) return false;
    try {
      socket.send(data as string);
      return true;
    } catch {
      return false;
    }
  }

  function leave(isLate: boolean, code: number): void {
    if (isLeft) return;
    isLeft = true;
    if (isFetching) notice(isLate ? "token refresh failed" : "token refresh cancelled");
    if (isFetching && isLate) attempted(trigger);
    abort.abort();
    if (socket) end(socket, code);
  }

  function end(target: ChatWebSocket, code: number): void {
    try {
      target.close(code);
    } catch {
      // It has ended already, in its own way.
    }
  }

  void connect();
  return {
    send,
    leave,
    isGone: () => socket !== undefined && socket.readyState > OPEN,
    hasBegun: () => hasBegun,
  };
}
