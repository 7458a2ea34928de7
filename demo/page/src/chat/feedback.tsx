import { type ReactElement, useRef } from "react";
import { Button } from "../parts/button.tsx";
import { useFocusHeir } from "../parts/use-focus-heir.ts";
import type { Verdict } from "./chat-frames.ts";
import { CONVERSATION_ID } from "./conversation-id.ts";

interface FeedbackProps {
  readonly isJudged: boolean;
  readonly isEnabled: boolean;
  readonly onVerdict: (verdict: Verdict) => void;
}

/** Asks what the user thinks of the last answer, once. */
export function Feedback({ isJudged, isEnabled, onVerdict }: FeedbackProps): ReactElement {
  return (
    <li className="feedback">
      {isJudged ? "Thank you." : <Verdicts isEnabled={isEnabled} onVerdict={onVerdict} />}
    </li>
  );
}

function Verdicts({ isEnabled, onVerdict }: Omit<FeedbackProps, "isJudged">): ReactElement {
  const both = useRef<HTMLSpanElement>(null);
  useFocusHeir(both, CONVERSATION_ID);
  return (
    <span ref={both}>
      <Button data-testid="helpful" isDisabled={!isEnabled} onClick={() => onVerdict("helpful")}>
        Helpful
      </Button>
      <Button isDisabled={!isEnabled} onClick={() => onVerdict("unhelpful")}>
        Not helpful
      </Button>
    </span>
  );
}
