import type { FaultId } from "@sockscope/demo/faults";

/** How faults are seen in this tab that do nothing to whoever stays connected. */
export const HOW_TO_SEE: { readonly [Id in FaultId]?: string } = {
  forbid_handshake: "To see it in this tab, turn it on, then press “Server error” under Server.",
};
