import type { SocketState } from "@sockscope/sdk/socket";
import type { ReactElement } from "react";
import { noticeOf } from "./chat-state.ts";

interface NoticeProps {
  readonly socket: SocketState;
  /** What else there is to say. */
  readonly text: string | undefined;
  readonly onReconnect: () => void;
}

/** What the user has to know, and the way out when the page does not reconnect by itself. */
export function Notice({ socket, text, onReconnect }: NoticeProps): ReactElement | null {
  const stopped = noticeOf(socket);
  const notice = stopped ?? text;
  if (notice === undefined) return null;
  return (
    <div className="notice" data-state={socket.status} role="alert" data-testid="notice">
      <p>{notice}</p>
      {stopped !== undefined && (
        <button type="button" className="button" data-testid="reconnect" onClick={onReconnect}>
          Reconnect
        </button>
      )}
    </div>
  );
}
