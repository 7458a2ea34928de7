import type { ReactElement } from "react";
import type { ConnectionState } from "./chat-state.ts";

const TEXTS: Readonly<Record<ConnectionState, string>> = {
  connecting: "Connecting",
  connected: "Connected",
  reconnecting: "Reconnecting",
  closed: "Disconnected",
  failed: "Failed",
};

/** The connection's state; the colour says how good it is, the text says it again. */
export function ConnectionPill({ connection }: { readonly connection: ConnectionState }): ReactElement {
  return (
    <output className="pill" data-testid="state" data-state={connection} aria-label="Connection">
      {TEXTS[connection]}
    </output>
  );
}
