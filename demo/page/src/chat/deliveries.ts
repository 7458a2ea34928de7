import type { SendOutcome } from "@sockscope/sdk/socket";
import type { Failure } from "./failures.ts";

/**
 * How far a message of the user came.
 *
 * - `waiting`: in the outbox, for a connection.
 * - `sent`: into the connection that there is, and nothing came of it yet.
 * - `unsure`: into one that has ended; the next rehydration tells.
 * - `failed`: it comes to nothing unless it is sent again.
 */
export type Delivery =
  | { readonly status: "waiting" | "sent" | "unsure" }
  | { readonly status: "failed"; readonly failure: Failure };

/** The deliveries of messages by their ids. What the server is known to have is not among them. */
export type Deliveries = Readonly<Record<string, Delivery>>;

/** A message was taken by the socket. */
export function withSent(
  deliveries: Deliveries,
  messageId: string,
  outcome: Exclude<SendOutcome, "dropped">,
): Deliveries {
  return { ...deliveries, [messageId]: { status: outcome === "sent" ? "sent" : "waiting" } };
}

/** A message came to nothing. */
export function withFailure(deliveries: Deliveries, messageId: string, failure: Failure): Deliveries {
  return { ...deliveries, [messageId]: { status: "failed", failure } };
}

/** The server has the message. */
export function withArrived(deliveries: Deliveries, messageId: string | undefined): Deliveries {
  return only(deliveries, (id) => id !== messageId);
}

/**
 * The connection has begun. The socket sends what waits as soon as the server has said what it has, and again what that has not;
 * it has no event for that, since it is always so.
 */
export function whenRehydrated(deliveries: Deliveries, knownIds: readonly string[]): Deliveries {
  const open = only(deliveries, (id) => !knownIds.includes(id));
  return each(open, (delivery) => (delivery.status === "failed" ? delivery : { status: "sent" }));
}

/** The connection has ended: nobody knows of what was sent into it whether it arrived. */
export function whenCut(deliveries: Deliveries): Deliveries {
  return each(deliveries, (delivery) => (delivery.status === "sent" ? { status: "unsure" } : delivery));
}

/** An answer came that does not say to what: everything before it may be what it answers. */
export function withoutSent(deliveries: Deliveries): Deliveries {
  return only(deliveries, (_, { status }) => status !== "sent");
}

/** What a user reads at a message that has not arrived for certain. */
export function deliveryWords(delivery: Delivery): string {
  switch (delivery.status) {
    case "waiting":
      return "Waiting to be sent";
    case "sent":
      return "Sent";
    case "unsure":
      return "Sent, not confirmed: it is checked when the chat is back";
    case "failed":
      return delivery.failure.text;
  }
}

function each(deliveries: Deliveries, next: (delivery: Delivery) => Delivery): Deliveries {
  return Object.fromEntries(Object.entries(deliveries).map(([id, delivery]) => [id, next(delivery)]));
}

function only(deliveries: Deliveries, isKept: (id: string, delivery: Delivery) => boolean): Deliveries {
  return Object.fromEntries(Object.entries(deliveries).filter(([id, delivery]) => isKept(id, delivery)));
}
