import type { ReactElement } from "react";
import { ChatPanel } from "./chat/chat-panel.tsx";
import { type ChatEnvironment, useChat } from "./chat/use-chat.ts";
import { ConnectionPill } from "./connection/connection-pill.tsx";
import { MeasuredPanel } from "./measured/measured-panel.tsx";
import type { Measurements } from "./measured/measurements.ts";
import { PulseIcon } from "./parts/pulse-icon.tsx";

interface AppProps {
  readonly environment: ChatEnvironment;
  /** Ends the connection. */
  readonly onDrop: () => void;
  readonly measurements: Measurements;
}

/** The page: a chat, and beside it what was measured while chatting. */
export function App({ environment, measurements, onDrop }: AppProps): ReactElement {
  const chat = useChat(environment);
  const { status } = chat.socket;
  return (
    <div className="page">
      <header className="header">
        <PulseIcon />
        <h1>
          Sockscope <span>demo chat</span>
        </h1>
        <ConnectionPill status={status} />
      </header>
      <main className="columns">
        <ChatPanel chat={chat} />
        <MeasuredPanel measurements={measurements} isConnected={status === "open"} onDrop={onDrop} />
      </main>
    </div>
  );
}
