import type { SocketState } from "@sockscope/sdk/socket";
import type { ReactElement } from "react";

type Status = SocketState["status"];

const TEXTS: Readonly<Record<Status, string>> = {
  connecting: "Connecting",
  open: "Connected",
  waiting: "Reconnecting",
  offline: "Offline",
  gave_up: "Gave up",
  rejected: "Failed",
  closed: "Disconnected",
};

/** The connection's state; the colour says how good it is, the text says it again. */
export function ConnectionPill({ status }: { readonly status: Status }): ReactElement {
  return (
    <output className="pill" data-testid="state" data-state={status} aria-label="Connection">
      {TEXTS[status]}
    </output>
  );
}
