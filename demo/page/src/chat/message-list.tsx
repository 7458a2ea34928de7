import type { PendingReply, Turn } from "@sockscope/catalog/runtime";
import { type ReactElement, useRef } from "react";
import { Button } from "../parts/button.tsx";
import { useFocusHeir } from "../parts/use-focus-heir.ts";
import type { Verdict } from "./chat-frames.ts";
import { CONVERSATION_ID } from "./conversation-id.ts";
import type { Deliveries } from "./deliveries.ts";
import { Feedback } from "./feedback.tsx";
import { Message } from "./message.tsx";
import { useStickToEnd } from "./use-stick-to-end.ts";
import { Welcome } from "./welcome.tsx";

interface MessageListProps {
  readonly turns: readonly Turn[];
  readonly isTyping: boolean;
  readonly pending: readonly PendingReply[];
  readonly deliveries: Deliveries;
  /** Whether the socket takes anything. */
  readonly isTaken: boolean;
  readonly onSuggestion: (text: string) => void;
  readonly onSendAgain: (messageId: string) => void;
  /** Ids of answers that the user judged. */
  readonly judged: readonly string[];
  readonly onVerdict: (messageId: string, verdict: Verdict) => void;
  /** A message came into view; what it returns says that it is gone. */
  readonly onRendered: (messageId: string) => () => void;
}

/** The conversation. What is new in it is read out from elsewhere: in a live list, the history would be, too. */
export function MessageList(props: MessageListProps): ReactElement {
  const { turns, pending, isTyping, isTaken, deliveries } = props;
  const scrolled = useRef<HTMLElement>(null);
  const last = turns.at(-1);
  const { hasNews, goToEnd } = useStickToEnd(scrolled, last?.message_id, last?.role === "user");
  const pieces = pending.filter(({ text }) => text !== "");
  return (
    <div className="conversation-frame">
      <section
        id={CONVERSATION_ID}
        className="conversation"
        aria-label="Conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be scrolled by keyboard, too
        tabIndex={0}
        ref={scrolled}
      >
        <ol className="messages" data-testid="messages" aria-label="Messages">
          {turns.map((turn) => (
            <Message
              key={turn.message_id}
              turn={turn}
              delivery={deliveries[turn.message_id]}
              isTaken={isTaken}
              onSendAgain={props.onSendAgain}
              onRendered={props.onRendered}
            />
          ))}
          {pieces.map(({ in_reply_to, text }) => (
            <li key={in_reply_to} className="message streaming" data-role="assistant-pending">
              <span className="visually-hidden">Assistant, still writing: </span>
              {text}
            </li>
          ))}
          {isTyping && pieces.length === 0 && <TypingIndicator />}
          {!isTyping && last?.role === "assistant" && (
            <Feedback
              isJudged={props.judged.includes(last.message_id)}
              isEnabled={isTaken}
              onVerdict={(verdict) => props.onVerdict(last.message_id, verdict)}
            />
          )}
        </ol>
      </section>
      {turns.length === 0 && <Welcome isTaken={isTaken} onSuggestion={props.onSuggestion} />}
      {hasNews && <NewMessages onGo={goToEnd} />}
    </div>
  );
}

function NewMessages({ onGo }: { readonly onGo: () => void }): ReactElement {
  const button = useRef<HTMLButtonElement>(null);
  useFocusHeir(button, CONVERSATION_ID);
  return (
    <Button ref={button} className="button strong new-messages" data-testid="new-messages" onClick={onGo}>
      New messages
    </Button>
  );
}

function TypingIndicator(): ReactElement {
  return (
    <li className="message typing" data-role="assistant">
      <span className="visually-hidden">The assistant is typing</span>
      <i />
      <i />
      <i />
    </li>
  );
}
