import type { CollectMessage } from "./messages.ts";

/** A worker, as the primary has it. */
export interface PoolWorker {
  readonly id: number;
  isConnected(): boolean;
  isDead(): boolean;
  send(message: CollectMessage, told: (error: Error | null) => void): unknown;
}

/** The part of `node:cluster` that is used. */
export interface WorkerPool {
  readonly workers?: Readonly<Record<string, PoolWorker | undefined>> | undefined;
  on(
    event: "message" | "exit" | "disconnect",
    listener: (worker: PoolWorker, message: unknown) => void,
  ): unknown;
}
