import type { ReactElement } from "react";
import type { ChatClient } from "./chat-client.ts";
import type { ChatState } from "./chat-state.ts";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";
import { Notice } from "./notice.tsx";

interface ChatPanelProps {
  readonly client: ChatClient;
  readonly state: ChatState;
}

/** The conversation and what the user can do about it. */
export function ChatPanel({ client, state }: ChatPanelProps): ReactElement {
  const isConnected = state.connection === "connected";
  const send = (text: string): boolean => client.send(text);
  return (
    <section className="card chat" aria-label="Chat">
      <MessageList
        turns={state.turns}
        isTyping={state.isTyping}
        canSuggest={isConnected}
        onSuggestion={send}
        judged={state.judged}
        canJudge={isConnected}
        onVerdict={(messageId, verdict) => client.judge(messageId, verdict)}
      />
      <Notice state={state} onReconnect={() => void client.reconnect()} />
      <Composer isConnected={isConnected} onSend={send} />
    </section>
  );
}
