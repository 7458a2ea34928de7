import type { Snapshot } from "@sockscope/sdk/snapshot";
import { type ReactElement, useEffect, useState } from "react";
import { ChatPanel } from "./chat/chat-panel.tsx";
import { type ChatEnvironment, useChat } from "./chat/use-chat.ts";
import { ConnectionDrawer } from "./drawer/connection-drawer.tsx";
import { ActiveFaults } from "./faults/active-faults.tsx";
import type { FaultBoard } from "./faults/fault-board.ts";
import { FaultPanel } from "./faults/fault-panel.tsx";
import { MeasuredPanel } from "./measured/measured-panel.tsx";
import type { Measurements } from "./measured/measurements.ts";
import { PulseIcon } from "./parts/pulse-icon.tsx";

interface AppProps {
  readonly environment: ChatEnvironment;
  /** Ends the connection. */
  readonly onDrop: () => void;
  readonly measurements: Measurements;
  /** What the SDK remembers of this page's connections. */
  readonly snapshot: () => Snapshot;
  readonly board: FaultBoard;
}

/** The page, in the order of cause and effect: a chat, what can be broken, and what was measured while it was. */
export function App({ environment, measurements, snapshot, board, onDrop }: AppProps): ReactElement {
  const chat = useChat(environment);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  useEffect(() => board.follow(), [board]);
  return (
    <div className="page">
      <header className="header">
        <PulseIcon />
        <h1>
          Sockscope <span>demo chat</span>
        </h1>
        <ActiveFaults board={board} />
      </header>
      <main className="columns">
        <ChatPanel chat={chat} onDetails={() => setDrawerOpen(true)} />
        <FaultPanel board={board} isConnected={chat.socket.status === "open"} onDrop={onDrop} />
        <MeasuredPanel measurements={measurements} />
      </main>
      {isDrawerOpen && <ConnectionDrawer snapshot={snapshot} onClose={() => setDrawerOpen(false)} />}
    </div>
  );
}
