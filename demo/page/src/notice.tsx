import type { ReactElement } from "react";
import type { ChatState } from "./chat-state.ts";

interface NoticeProps {
  readonly state: ChatState;
  readonly onReconnect: () => void;
}

/** What the user has to know, and the way out when the page does not reconnect by itself. */
export function Notice({ state, onReconnect }: NoticeProps): ReactElement | null {
  const { connection, notice } = state;
  if (notice === undefined) return null;
  const hasStopped = connection === "closed" || connection === "failed";
  return (
    <div className="notice" data-state={connection} role="alert" data-testid="notice">
      <p>{notice}</p>
      {hasStopped && (
        <button type="button" className="button" data-testid="reconnect" onClick={onReconnect}>
          Reconnect
        </button>
      )}
    </div>
  );
}
