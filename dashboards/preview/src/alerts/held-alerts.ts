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
  const answer: unknown = await response.json();
  if (!Array.isArray(answer) || !answer.every(isHeldAlert))
    throw new Error("Alertmanager's answer is no list of alerts.");
  return answer;
}

/** Whether something has what is shown of an alert: one that has not would take the whole page with it. */
function isHeldAlert(something: unknown): something is HeldAlert {
  const { labels, receivers, status } = Object(something) as Partial<HeldAlert>;
  const { silencedBy, inhibitedBy } = Object(status) as Partial<HeldAlert["status"]>;
  return Object(labels) === labels && [receivers, silencedBy, inhibitedBy].every(Array.isArray);
}

/** What Alertmanager does with an alert, in a word or two. */
export function treatment({ status }: HeldAlert): string {
  if (status.silencedBy.length > 0) return "silenced";
  if (status.inhibitedBy.length > 0) return "inhibited";
  return status.state;
}
