import type { ReactElement } from "react";
import { ConnectionBar } from "../connection/connection-bar.tsx";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";
import type { Chat } from "./use-chat.ts";

const TAKES_MESSAGES: readonly string[] = ["connecting", "open", "waiting", "offline"];

interface ChatPanelProps {
  readonly chat: Chat;
  /** The user wants to know more of the connection. */
  readonly onDetails: () => void;
}

/** The conversation, the connection that it has, and what the user can do about both. */
export function ChatPanel({ chat, onDetails }: ChatPanelProps): ReactElement {
  const { socket, maxAttempts, state, send, sendAgain, judge, reconnect, rendered } = chat;
  const isTaken = TAKES_MESSAGES.includes(socket.status);
  return (
    <section className="card chat" aria-label="Chat">
      <ConnectionBar
        socket={socket}
        maxAttempts={maxAttempts}
        onReconnect={reconnect}
        onDetails={onDetails}
      />
      <MessageList
        turns={state.turns}
        isTyping={state.isTyping}
        pending={state.pending}
        deliveries={state.deliveries}
        isTaken={isTaken}
        onSuggestion={send}
        onSendAgain={sendAgain}
        judged={state.judged}
        onVerdict={judge}
        onRendered={rendered}
      />
      {state.notice !== undefined && (
        <p className="notice" role="alert" data-testid="notice">
          {state.notice}
        </p>
      )}
      <Composer status={socket.status} isTaken={isTaken} onSend={send} />
      <div className="visually-hidden" aria-live="polite" data-testid="new-message">
        {state.announcement && <p key={state.announcement.id}>{state.announcement.text}</p>}
      </div>
    </section>
  );
}
