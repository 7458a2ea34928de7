import type { ReactElement } from "react";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";
import { Notice } from "./notice.tsx";
import type { Chat } from "./use-chat.ts";

const TAKES_MESSAGES: readonly string[] = ["connecting", "open", "waiting", "offline"];

/** The conversation and what the user can do about it. */
export function ChatPanel({ chat }: { readonly chat: Chat }): ReactElement {
  const { socket, state, send, judge, reconnect, rendered } = chat;
  const isTaken = TAKES_MESSAGES.includes(socket.status);
  return (
    <section className="card chat" aria-label="Chat">
      <MessageList
        turns={state.turns}
        isTyping={state.isTyping}
        pending={state.pending}
        canSuggest={isTaken}
        onSuggestion={send}
        judged={state.judged}
        canJudge={isTaken}
        onVerdict={judge}
        onRendered={rendered}
      />
      <Notice socket={socket} text={state.notice} onReconnect={reconnect} />
      <Composer status={socket.status} isTaken={isTaken} onSend={send} />
    </section>
  );
}
