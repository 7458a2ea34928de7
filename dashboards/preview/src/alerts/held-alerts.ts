import type { Labels } from "../prometheus/legend.ts";

/** An alert as Alertmanager holds it. */
export interface HeldAlert {
  readonly fingerprint: string;
  readonly labels: Labels;
  readonly startsAt: string;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: {
    readonly state: "active" | "suppressed" | "unprocessed";
    readonly silencedBy: readonly string[];
    readonly inhibitedBy: readonly string[];
  };
}

/** What Alertmanager holds at the moment. */
export async function heldAlerts(signal: AbortSignal): Promise<HeldAlert[]> {
  const response = await fetch("/alertmanager/api/v2/alerts", { signal });
  if (!response.ok) throw new Error(`Alertmanager answers ${response.status}.`);
  return (await response.json()) as HeldAlert[];
}

/** What Alertmanager does with an alert, in a word or two. */
export function treatment({ status }: HeldAlert): string {
  if (status.silencedBy.length > 0) return "silenced";
  if (status.inhibitedBy.length > 0) return "inhibited";
  return status.state;
}
