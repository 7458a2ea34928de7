import type { SocketState } from "@sockscope/sdk/socket";
import { type FormEvent, type ReactElement, useState } from "react";
import { Button } from "../parts/button.tsx";
import { LONGEST_TEXT } from "./longest-text.ts";

interface ComposerProps {
  readonly status: SocketState["status"];
  /** Whether a message is sent, or waits for the next connection. */
  readonly isTaken: boolean;
  /** Sends; false when it could not be sent, and the text stays. */
  readonly onSend: (text: string) => boolean;
}

const HINT_ID = "composer-hint";

function placeholderOf(status: SocketState["status"], isTaken: boolean): string {
  if (status === "open" || status === "connecting") return "Write a message";
  return isTaken ? "Sent when the chat is back" : "Not sent until you reconnect";
}

/** Where the user writes; also without a connection, since words that were typed are not to be lost. */
export function Composer({ status, isTaken, onSend }: ComposerProps): ReactElement {
  const [text, setText] = useState("");
  /** Whether messages were taken when one was not; a reason that is over is none. */
  const [refusedWhile, setRefusedWhile] = useState<boolean>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const message = text.trim();
    if (message === "") return;
    const isSent = onSend(message);
    if (isSent) setText("");
    setRefusedWhile(isSent ? undefined : isTaken);
  };
  return (
    <form className="composer" onSubmit={submit}>
      <div className="composer-line">
        <label className="visually-hidden" htmlFor="message">
          Message
        </label>
        <input
          id="message"
          data-testid="message"
          value={text}
          maxLength={LONGEST_TEXT}
          autoComplete="off"
          enterKeyHint="send"
          aria-describedby={HINT_ID}
          placeholder={placeholderOf(status, isTaken)}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" data-testid="send" aria-label="Send message" isDisabled={text.trim() === ""}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 19V5m0 0-6 6m6-6 6 6" />
          </svg>
        </Button>
      </div>
      <p id={HINT_ID} className="hint" role="status" data-testid="composer-hint">
        {refusedWhile === isTaken && hintOf(isTaken)}
      </p>
    </form>
  );
}

function hintOf(isTaken: boolean): string {
  return isTaken
    ? "Too many messages wait already. This one stays here until some of them are sent."
    : "There is no connection. Your text stays here until you reconnect.";
}
