import type { ServerInstrumentation } from "../instrument-server.ts";
import { isMessage, type SamplesMessage } from "./messages.ts";

/** How a worker reports. */
export interface ReportingOptions {
  /** How often it reports unasked, in ms: what a worker counted since then is lost when it is killed. Default: 1,000. */
  readonly intervalMs?: number;
  /** The channel to the primary. Default: this process's. */
  readonly channel?: PrimaryChannel;
}

/** The part of a worker's `process` that is used. */
export interface PrimaryChannel {
  send?(message: unknown, told: (error: Error | null) => void): unknown;
  on(event: "message", listener: (message: unknown) => void): unknown;
  off(event: "message", listener: (message: unknown) => void): unknown;
}

/** A worker that reports. */
export interface Reporting {
  /** Reports now; before a worker ends by itself, so that nothing is lost. */
  report(): void;
  /** Reports a last time and no more. */
  stop(): void;
}

/** In a worker: has the primary know what this process counts. In a process without a primary it does nothing. */
export function reportToPrimary(
  instrumentation: Pick<ServerInstrumentation, "samples">,
  { intervalMs = 1000, channel = process }: ReportingOptions = {},
): Reporting {
  const report = (about: Pick<SamplesMessage, "round" | "isLast"> = {}): void => {
    const message: SamplesMessage = { sockscope: "samples", ...about, samples: instrumentation.samples() };
    // Where the primary is gone, or disconnected from this worker, there is nobody to tell, and Node would end the process for it.
    channel.send?.(message, () => {});
  };
  const onMessage = (message: unknown): void => {
    if (isMessage(message, "collect")) report({ round: message.round });
  };
  channel.on("message", onMessage);
  const timer = setInterval(() => report(), intervalMs);
  timer.unref();
  // From here on it can be asked: a primary that asked a worker which is still starting would wait in vain.
  report();
  return {
    report: () => report(),
    stop: () => {
      clearInterval(timer);
      channel.off("message", onMessage);
      report({ isLast: true });
    },
  };
}
