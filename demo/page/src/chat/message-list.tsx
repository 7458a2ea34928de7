import type { PendingReply, Turn } from "@sockscope/catalog/runtime";
import { type ReactElement, useEffect } from "react";
import { PulseIcon } from "../parts/pulse-icon.tsx";
import type { Verdict } from "./chat-frames.ts";

interface MessageListProps {
  readonly turns: readonly Turn[];
  readonly isTyping: boolean;
  readonly pending: readonly PendingReply[];
  readonly canSuggest: boolean;
  readonly onSuggestion: (text: string) => void;
  /** Ids of answers that the user judged. */
  readonly judged: readonly string[];
  readonly canJudge: boolean;
  readonly onVerdict: (messageId: string, verdict: Verdict) => void;
  /** A message came into view; what it returns says that it is gone. */
  readonly onRendered: (messageId: string) => () => void;
}

const SUGGESTIONS: readonly string[] = ["What does close code 1006 mean?", "And 4401?", "Is anybody there?"];

/** The conversation; its style keeps it scrolled to the end. */
export function MessageList(props: MessageListProps): ReactElement {
  const { turns, isTyping, pending, canSuggest, onSuggestion, judged, canJudge, onVerdict, onRendered } =
    props;
  const last = turns.at(-1);
  return (
    <div className="conversation">
      {turns.length === 0 && <Welcome canSuggest={canSuggest} onSuggestion={onSuggestion} />}
      <ol className="messages" data-testid="messages" aria-live="polite" aria-label="Messages">
        {turns.map((turn) => (
          <Message key={turn.message_id} turn={turn} onRendered={onRendered} />
        ))}
        {pending.map(
          ({ in_reply_to, text }) =>
            text !== "" && (
              <li key={in_reply_to} className="message" data-role="assistant-pending">
                {text}
              </li>
            ),
        )}
        {isTyping && <TypingIndicator />}
        {!isTyping && last?.role === "assistant" && (
          <Feedback
            isJudged={judged.includes(last.message_id)}
            isEnabled={canJudge}
            onVerdict={(verdict) => onVerdict(last.message_id, verdict)}
          />
        )}
      </ol>
    </div>
  );
}

interface MessageProps extends Pick<MessageListProps, "onRendered"> {
  readonly turn: Turn;
}

function Message({ turn: { message_id, role, text }, onRendered }: MessageProps): ReactElement {
  useEffect(() => onRendered(message_id), [onRendered, message_id]);
  return (
    <li className="message" data-role={role}>
      <span className="visually-hidden">{role === "user" ? "You: " : "Assistant: "}</span>
      {text}
    </li>
  );
}

interface FeedbackProps {
  readonly isJudged: boolean;
  readonly isEnabled: boolean;
  readonly onVerdict: (verdict: Verdict) => void;
}

function Feedback({ isJudged, isEnabled, onVerdict }: FeedbackProps): ReactElement {
  if (isJudged) return <li className="feedback">Thank you.</li>;
  return (
    <li className="feedback">
      <button type="button" data-testid="helpful" disabled={!isEnabled} onClick={() => onVerdict("helpful")}>
        Helpful
      </button>
      <button type="button" disabled={!isEnabled} onClick={() => onVerdict("unhelpful")}>
        Not helpful
      </button>
    </li>
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

function Welcome({
  canSuggest,
  onSuggestion,
}: Pick<MessageListProps, "canSuggest" | "onSuggestion">): ReactElement {
  return (
    <div className="welcome">
      <PulseIcon />
      <h2>Say something</h2>
      <p>The assistant knows little, but its socket is watched closely.</p>
      <div className="suggestions">
        {SUGGESTIONS.map((text) => (
          <button key={text} type="button" disabled={!canSuggest} onClick={() => onSuggestion(text)}>
            {text}
          </button>
        ))}
      </div>
    </div>
  );
}
