import { type ReactElement, useRef } from "react";
import { Button } from "../parts/button.tsx";
import { PulseIcon } from "../parts/pulse-icon.tsx";
import { useFocusHeir } from "../parts/use-focus-heir.ts";
import { CONVERSATION_ID } from "./conversation-id.ts";

interface WelcomeProps {
  /** Whether the socket takes anything. */
  readonly isTaken: boolean;
  readonly onSuggestion: (text: string) => void;
}

const SUGGESTIONS: readonly string[] = ["What does close code 1006 mean?", "And 4401?", "Is anybody there?"];

/** What there is before the first message. */
export function Welcome({ isTaken, onSuggestion }: WelcomeProps): ReactElement {
  const welcome = useRef<HTMLDivElement>(null);
  useFocusHeir(welcome, CONVERSATION_ID);
  return (
    <div className="welcome" ref={welcome}>
      <PulseIcon />
      <h2>Say something</h2>
      <p>The assistant knows little, but its socket is watched closely.</p>
      <div className="suggestions">
        {SUGGESTIONS.map((text) => (
          <Button key={text} isDisabled={!isTaken} onClick={() => onSuggestion(text)}>
            {text}
          </Button>
        ))}
      </div>
    </div>
  );
}
