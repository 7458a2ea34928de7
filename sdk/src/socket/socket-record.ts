import { type ConnectTrigger, frameEvent } from "@sockscope/catalog/runtime";
import type { ClientNotice } from "../notices.ts";
import type { Observation } from "../observe/observe-socket.ts";
import { originAndPath } from "../observe/shadow.ts";
import type { Sockscope } from "../start.ts";
import type { ChatWebSocket } from "./link.ts";
import { tried } from "./report.ts";

/** As much of what `start` returned as a chat socket tells. */
export type SocketObserver = Pick<Sockscope, "observe" | "attempted" | "noticed">;

/** What a chat socket has recorded about itself; nothing where nothing was started. */
export interface SocketRecord {
  /** An attempt has come to a socket. */
  observe(socket: ChatWebSocket, trigger: ConnectTrigger): void;
  /** An attempt ended before that. */
  attempted(trigger: ConnectTrigger): void;
  /** Frames that are sent from now on are, or are no longer, copies of what was sent before. */
  repeats(isRepeating: boolean): void;
  /** The peer was found to be gone, or the network is. */
  lost(): void;
  gaveUp(): void;
  unwanted(): void;
  notice(what: ClientNotice): void;
}

/** What a record is made with. */
export interface SocketRecordContext {
  readonly sockscope: SocketObserver | undefined;
  readonly url: string | ((token: string | undefined) => string);
  readonly episode: string | undefined;
  /** Whether the socket answers a close by itself though its code says that it stops. */
  readonly isAnswered: (code: number) => boolean;
  readonly receivedEvent: ((frame: unknown) => string) | undefined;
  readonly sentEvent: ((frame: unknown) => string) | undefined;
}

/** A record of a socket that has not tried yet. What the observer throws, a test's double say, is shown, and costs nothing else. */
export function createSocketRecord({ sockscope, url, ...context }: SocketRecordContext): SocketRecord {
  const { receivedEvent, sentEvent = frameEvent } = context;
  let observation: Observation | undefined;
  let isRepeating = false;
  const episode = context.episode ?? episodeOf(url);

  function optionsOf(trigger: ConnectTrigger): NonNullable<Parameters<SocketObserver["observe"]>[1]> {
    const options = {
      episode,
      // Whether it is the first, the page knows, where this may be one of many sockets for the same.
      ...(trigger !== "initial" && { trigger }),
      ...(receivedEvent && { receivedEvent }),
      isAnswered: context.isAnswered,
      // A message that is sent again is not another one.
      sentEvent: (frame: unknown) => (isRepeating ? "other" : sentEvent(frame)),
    };
    return options as NonNullable<Parameters<SocketObserver["observe"]>[1]>;
  }

  return {
    observe: (socket, trigger) => {
      observation = tried(() => sockscope?.observe(socket, optionsOf(trigger)));
    },
    attempted: (trigger) => {
      observation = tried(() => sockscope?.attempted(optionsOf(trigger)));
    },
    repeats: (is) => {
      isRepeating = is;
    },
    lost: () => tried(() => observation?.lost()),
    gaveUp: () => tried(() => observation?.gaveUp()),
    unwanted: () => tried(() => observation?.unwanted()),
    notice: (what) => tried(() => sockscope?.noticed(what)),
  };
}

/** Of a URL that is made of a token, what it is without one; the same for all sockets of which nobody can say. */
function episodeOf(url: SocketRecordContext["url"]): string {
  try {
    return originAndPath(typeof url === "string" ? url : url(undefined)) || "chat";
  } catch {
    return "chat";
  }
}
