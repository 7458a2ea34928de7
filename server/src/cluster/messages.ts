import type { Sample } from "../metrics/samples.ts";

/** What a process counted, by metric. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;

/** The primary asks for what a worker has now. */
export interface CollectMessage {
  readonly sockscope: "collect";
  /** The answer names it. */
  readonly round: number;
}

/** A worker says what it has: at its start, when it was asked, and from time to time, so that little is lost with it. */
export interface SamplesMessage {
  readonly sockscope: "samples";
  /** Undefined when nobody asked. */
  readonly round?: number;
  readonly samples: Samples;
  /** Whether it will say no more, and is not to be asked. */
  readonly isLast?: boolean;
}

/** Whether something that came over the channel is this message; an application has messages of its own. */
export function isMessage<Kind extends (CollectMessage | SamplesMessage)["sockscope"]>(
  message: unknown,
  kind: Kind,
): message is Extract<CollectMessage | SamplesMessage, { sockscope: Kind }> {
  return (
    typeof message === "object" && message !== null && "sockscope" in message && message.sockscope === kind
  );
}
