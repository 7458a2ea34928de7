import type { Turn } from "@sockscope/catalog/runtime";
import { type ReactElement, useEffect, useRef } from "react";
import { Button } from "../parts/button.tsx";
import { useFocusHeir } from "../parts/use-focus-heir.ts";
import { CONVERSATION_ID } from "./conversation-id.ts";
import { type Delivery, deliveryWords } from "./deliveries.ts";

interface MessageProps {
  readonly turn: Turn;
  /** Undefined when it has arrived. */
  readonly delivery: Delivery | undefined;
  /** Whether the socket takes anything. */
  readonly isTaken: boolean;
  readonly onSendAgain: (messageId: string) => void;
  /** It came into view; what it returns says that it is gone. */
  readonly onRendered: (messageId: string) => () => void;
}

/** A turn of the conversation, and how far it came where that is not the whole way. */
export function Message({ turn, delivery, isTaken, onSendAgain, onRendered }: MessageProps): ReactElement {
  const { message_id, role, text } = turn;
  useEffect(() => onRendered(message_id), [onRendered, message_id]);
  return (
    <li className="message" data-role={role} data-delivery={delivery?.status}>
      <span className="visually-hidden">{role === "user" ? "You: " : "Assistant: "}</span>
      {text}
      {delivery !== undefined && (
        <p className="delivery" data-testid="delivery">
          {deliveryWords(delivery)}
          {delivery.status === "failed" && delivery.failure.mayHelpAgain && (
            <SendAgain isTaken={isTaken} onPress={() => onSendAgain(message_id)} />
          )}
        </p>
      )}
    </li>
  );
}

function SendAgain({ isTaken, onPress }: { isTaken: boolean; onPress: () => void }): ReactElement {
  const button = useRef<HTMLButtonElement>(null);
  useFocusHeir(button, CONVERSATION_ID);
  return (
    <Button ref={button} className="link" data-testid="send-again" isDisabled={!isTaken} onClick={onPress}>
      Send again
    </Button>
  );
}
