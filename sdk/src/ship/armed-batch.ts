import type { Host, LaterRequest } from "../host.ts";
import type { Deltas } from "../record/deltas.ts";
import type { ClosedBatch } from "./closed-batch.ts";

/** Batches that the browser sends if the page is gone before it has sent them itself. */
export interface ArmedBatch {
  /** Has this sent in place of what was armed before, which was taken back. Does nothing where the browser cannot. */
  arm(batch: ClosedBatch, deltas: Deltas): void;
  /** Whether what is armed says just this. */
  says(deltas: Deltas): boolean;
  /** Takes back what is armed; what was sent already has left the page under its number, and is returned. */
  takeBack(): { readonly batch: ClosedBatch; readonly deltas: Deltas } | undefined;
}

/** Nothing is armed. */
export function createArmedBatch(url: string, host: Host): ArmedBatch {
  let armed:
    | { readonly batch: ClosedBatch; readonly deltas: Deltas; readonly request: LaterRequest }
    | undefined;
  return {
    arm: (batch, deltas) => {
      try {
        const request = host.fetchLater(url, batch.body());
        armed = request && { batch, deltas, request };
      } catch {
        // The quota of the page, or a permissions policy. The batch goes out as ever.
      }
    },
    says: ({ lines }) => armed !== undefined && String(armed.deltas.lines) === String(lines),
    takeBack: () => {
      const last = armed;
      armed = undefined;
      last?.request.takeBack();
      return last?.request.isSent() ? last : undefined;
    },
  };
}
