import type { SocketState } from "@sockscope/sdk/socket";
import { type ReactElement, useEffect, useRef } from "react";
import { Button } from "../parts/button.tsx";
import { useFocusHeir } from "../parts/use-focus-heir.ts";
import { useNow } from "../parts/use-now.ts";
import { connectionWords, titleWords } from "./connection-words.ts";

interface ConnectionBarProps {
  readonly socket: SocketState;
  /** After how many attempts the socket gives up. */
  readonly maxAttempts: number;
  readonly onReconnect: () => void;
  readonly onDetails: () => void;
}

/** Takes the focus of whatever goes away at the top of the page. */
export const CONNECTION_WORDS_ID = "connection-words";

/** What the connection is, in words, and what the user can do about it. */
export function ConnectionBar(props: ConnectionBarProps): ReactElement {
  const { socket, maxAttempts, onReconnect, onDetails } = props;
  const words = connectionWords(socket, useNow(), maxAttempts);
  const title = titleWords(words);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className="connection" data-tone={words.tone}>
      <p
        id={CONNECTION_WORDS_ID}
        className="connection-words"
        data-testid="state"
        data-state={socket.status}
        tabIndex={-1}
      >
        {words.text}
      </p>
      {words.action !== undefined && <Reconnect text={words.action} onReconnect={onReconnect} />}
      <Button
        className="button quiet"
        data-testid="open-drawer"
        aria-label="Connection details"
        aria-haspopup="dialog"
        onClick={onDetails}
      >
        Details
      </Button>
      {/* Apart from the words that count down: those would be read out every second. */}
      <span className="visually-hidden" role="status" data-testid="connection-news">
        {words.news}
      </span>
    </div>
  );
}

interface ReconnectProps {
  readonly text: string;
  readonly onReconnect: () => void;
}

function Reconnect({ text, onReconnect }: ReconnectProps): ReactElement {
  const button = useRef<HTMLButtonElement>(null);
  useFocusHeir(button, CONNECTION_WORDS_ID);
  return (
    <Button ref={button} className="button strong" data-testid="reconnect" onClick={onReconnect}>
      {text}
    </Button>
  );
}
