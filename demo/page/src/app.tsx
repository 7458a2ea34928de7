import type { ReactElement } from "react";
import type { ChatClient } from "./chat-client.ts";
import { ChatPanel } from "./chat-panel.tsx";
import { ConnectionPill } from "./connection-pill.tsx";
import { MeasuredPanel } from "./measured-panel.tsx";
import type { Measurements } from "./measurements.ts";
import { PulseIcon } from "./pulse-icon.tsx";
import { useChat } from "./use-chat.ts";

interface AppProps {
  readonly client: ChatClient;
  readonly measurements: Measurements;
}

/** The page: a chat, and beside it what was measured while chatting. */
export function App({ client, measurements }: AppProps): ReactElement {
  const state = useChat(client);
  return (
    <div className="page">
      <header className="header">
        <PulseIcon />
        <h1>
          Sockscope <span>demo chat</span>
        </h1>
        <ConnectionPill connection={state.connection} />
      </header>
      <main className="columns">
        <ChatPanel client={client} state={state} />
        <MeasuredPanel
          measurements={measurements}
          connection={state.connection}
          onDrop={() => client.drop()}
        />
      </main>
    </div>
  );
}
