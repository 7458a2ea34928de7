import { type FormEvent, type ReactElement, useState } from "react";

interface ComposerProps {
  readonly isConnected: boolean;
  /** Sends; false when it could not be sent, and the text stays. */
  readonly onSend: (text: string) => boolean;
}

/** Where the user writes. */
export function Composer({ isConnected, onSend }: ComposerProps): ReactElement {
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
        placeholder={isConnected ? "Write a message" : "No connection"}
        onChange={(event) => setText(event.target.value)}
      />
      <button
        type="submit"
        data-testid="send"
        aria-label="Send message"
        disabled={!isConnected || text.trim() === ""}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 19V5m0 0-6 6m6-6 6 6" />
        </svg>
      </button>
    </form>
  );
}
