import type { SocketState } from "@sockscope/sdk/socket";
import { type FormEvent, type ReactElement, useState } from "react";

interface ComposerProps {
  readonly status: SocketState["status"];
  /** Whether a message is sent, or waits for the next connection. */
  readonly isTaken: boolean;
  /** Sends; false when it could not be sent, and the text stays. */
  readonly onSend: (text: string) => boolean;
}

function placeholderOf(status: SocketState["status"], isTaken: boolean): string {
  if (status === "open" || status === "connecting") return "Write a message";
  return isTaken ? "Write a message; it is sent when the chat is back" : "No connection";
}

/** Where the user writes. */
export function Composer({ status, isTaken, onSend }: ComposerProps): ReactElement {
  const [text, setText] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const message = text.trim();
    if (message !== "" && onSend(message)) setText("");
  };
  return (
    <form className="composer" onSubmit={submit}>
      <label className="visually-hidden" htmlFor="message">
        Message
      </label>
      <input
        id="message"
        data-testid="message"
        value={text}
        maxLength={2000}
        autoComplete="off"
        enterKeyHint="send"
        placeholder={placeholderOf(status, isTaken)}
        onChange={(event) => setText(event.target.value)}
      />
      <button
        type="submit"
        data-testid="send"
        aria-label="Send message"
        disabled={!isTaken || text.trim() === ""}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 19V5m0 0-6 6m6-6 6 6" />
        </svg>
      </button>
    </form>
  );
}
